import { Combobox, Loader, Modal, ScrollArea, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { fits } from './match.ts'
import classes from './Palette.module.css'

export interface PaletteItem {
  id: string
  title: string
  /** A quiet second half of the line. */
  note?: string
  icon?: ReactNode
  run: () => void
}

interface PaletteProps {
  onClose: () => void
  commands: PaletteItem[]
  /** Finds records by a text of two letters or more; absent for those who see none. */
  find?: ((text: string, signal: AbortSignal) => Promise<PaletteItem[]>) | undefined
  /** Heading above what `find` brings. */
  found: string
}

/** Letters that must be there before the base is asked. */
const ENOUGH = 2

/** Ctrl+K: one field that finds a record or a command from anywhere. */
export function Palette({ onClose, commands, find, found }: PaletteProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [asked] = useDebouncedValue(text.trim(), 120)
  // Of a list that is closed Enter takes nothing.
  const combobox = useCombobox({ defaultOpened: true })
  const records = useQuery({
    queryKey: ['palette', asked],
    queryFn: ({ signal }) => find?.(asked, signal) ?? [],
    enabled: find !== undefined && asked.length >= ENOUGH,
    placeholderData: keepPreviousData,
  })
  const shownRecords = text.trim().length >= ENOUGH ? (records.data ?? []) : []
  const shownCommands = commands.filter(({ title }) => fits(title, text))
  const items = [...shownRecords, ...shownCommands]
  const count = items.length
  // The first line answers Enter at once.
  useEffect(() => {
    if (count > 0) combobox.selectFirstOption()
    // oxlint-disable-next-line react/exhaustive-deps
  }, [count, records.data, text])
  const run = (id: string) => {
    onClose()
    items.find((item) => item.id === id)?.run()
  }
  return (
    <Modal.Root opened onClose={onClose} size={560} yOffset="12vh" centered={false}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content radius="lg" aria-label={t('palette.title')}>
        <Combobox store={combobox} onOptionSubmit={run}>
          <Combobox.EventsTarget withExpandedAttribute>
            <TextInput
              data-autofocus
              variant="unstyled"
              className={classes.field!}
              leftSection={<IconSearch size={17} stroke={1.8} />}
              rightSection={records.isFetching ? <Loader size={14} /> : null}
              placeholder={t(find ? 'palette.placeholder' : 'palette.placeholder-commands')}
              aria-label={t('palette.title')}
              value={text}
              onChange={({ currentTarget }) => setText(currentTarget.value)}
            />
          </Combobox.EventsTarget>
          <Combobox.Options className={classes.options!} aria-label={t('palette.title')}>
            <ScrollArea.Autosize mah="60vh" type="scroll">
              <Group label={found} items={shownRecords} />
              <Group label={t('palette.commands')} items={shownCommands} />
              {count === 0 && !records.isFetching && <Combobox.Empty>{t('palette.nothing')}</Combobox.Empty>}
            </ScrollArea.Autosize>
          </Combobox.Options>
        </Combobox>
      </Modal.Content>
    </Modal.Root>
  )
}

function Group({ label, items }: { label: string; items: PaletteItem[] }) {
  if (items.length === 0) return null
  return (
    <Combobox.Group label={label}>
      {items.map(({ id, title, note, icon }) => (
        <Combobox.Option key={id} value={id} className={classes.option!}>
          <span className={classes.icon}>{icon}</span>
          <span className={classes.title}>{title}</span>
          {note && <span className={classes.note}>{note}</span>}
        </Combobox.Option>
      ))}
    </Combobox.Group>
  )
}
