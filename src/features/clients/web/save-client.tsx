import { Button, Group, Stack, Table, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { getClient, updateClient, type Client, type ClientPatch } from '#features/clients/contract.ts'
import { call } from '#web/api.ts'
import { t } from '#web/i18n/translation.ts'
import { ApiProblem } from '#web/problem.ts'

/**
 * Sends a change of a client with the version the person saw. Where the same field was changed meanwhile, asks: mine or theirs.
 * @returns the client as it is now
 * @throws ApiProblem
 */
export async function saveClient(
  client: Pick<Client, 'id' | 'version'>,
  patch: ClientPatch,
): Promise<Client> {
  try {
    return await call(updateClient, { id: client.id, version: client.version, ...patch } as never)
  } catch (error) {
    if (!(error instanceof ApiProblem && error.status === 409 && error.body.current)) throw error
    const conflict = error.body as unknown as Conflict
    if (await askMine(conflict)) return saveClient({ id: client.id, version: conflict.version }, patch)
    const rest = Object.fromEntries(Object.entries(patch).filter(([field]) => !(field in conflict.current)))
    return Object.keys(rest).length > 0
      ? saveClient({ id: client.id, version: conflict.version }, rest as ClientPatch)
      : call(getClient, { id: client.id })
  }
}

interface Conflict {
  version: number
  current: Record<string, unknown>
  yours: Record<string, unknown>
  before: Record<string, unknown>
}

const askMine = (conflict: Conflict): Promise<boolean> =>
  new Promise((resolve) => {
    const answer = (mine: boolean) => {
      resolve(mine)
      modals.close(id)
    }
    const id = modals.open({
      title: t('clients.conflict-title'),
      closeButtonProps: { 'aria-label': t('shell.close') },
      onClose: () => resolve(false),
      children: (
        <Stack>
          <Text size="sm">{t('clients.conflict-text')}</Text>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('clients.conflict-was')}</Table.Th>
                <Table.Th>{t('clients.conflict-now')}</Table.Th>
                <Table.Th>{t('clients.conflict-yours')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {Object.keys(conflict.current).map((field) => (
                <Table.Tr key={field}>
                  <Table.Td>{textOf(conflict.before[field])}</Table.Td>
                  <Table.Td>{textOf(conflict.current[field])}</Table.Td>
                  <Table.Td>{textOf(conflict.yours[field])}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => answer(false)}>
              {t('clients.conflict-theirs')}
            </Button>
            <Button onClick={() => answer(true)}>{t('clients.conflict-mine')}</Button>
          </Group>
        </Stack>
      ),
    })
  })

/** Contacts and people by what is in them; the rest as it is. */
function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return t('clients.blank')
  if (Array.isArray(value))
    return value
      .map((item) =>
        typeof item === 'object' ? String(item.value ?? item.name ?? item.account) : String(item),
      )
      .join('; ')
  return typeof value === 'object' ? Object.values(value).map(String).join('; ') : String(value)
}
