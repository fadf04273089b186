import { Select, UnstyledButton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from '#web/i18n/translation.ts'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import { getAbc } from '#features/indicators/contract.ts'
import table from '#features/reports/web/reports.module.css'
import { query } from '#web/api.ts'
import { formatNumber, formatShare } from '#web/format.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { type IndicatorsView, type SetView, whoseOf } from './indicators-view.ts'

/** Clients by what they bring, in a number field of the company's own. */
export function AbcTab({ view, setView }: { view: IndicatorsView; setView: SetView }) {
  const { t } = useTranslation()
  const fields = useDictionaries().customFields.filter(({ type }) => type === 'number')
  const field = view.field ?? fields[0]?.key
  if (!field)
    return <EmptyState title={t('indicators.no-field-title')} text={t('indicators.no-field-text')} />
  return (
    <div className={table.shares}>
      <Select
        size="xs"
        w={240}
        className="no-print"
        aria-label={t('indicators.field')}
        allowDeselect={false}
        value={field}
        data={fields.map(({ key, title }) => ({ value: key, label: title }))}
        onChange={(chosen) => setView({ field: chosen ?? undefined })}
      />
      <Classes field={field} view={view} setView={setView} />
    </div>
  )
}

function Classes({ field, view, setView }: { field: string; view: IndicatorsView; setView: SetView }) {
  const { t } = useTranslation()
  const found = useQuery({
    ...query(getAbc, { field, ...whoseOf(view) }),
    placeholderData: keepPreviousData,
  })
  return (
    <Loaded of={found}>
      {({ classes, sum, without }) =>
        classes.length === 0 ? (
          <EmptyState title={t('indicators.no-values')} />
        ) : (
          <div data-outdated={found.isPlaceholderData || undefined}>
            <div className={table.scroll} role="region" aria-label={t('indicators.tab.abc')} tabIndex={0}>
              <table className={table.table}>
                <thead>
                  <tr>
                    <th scope="col" className={table.first}>
                      {t('indicators.class')}
                    </th>
                    {(['clients-of-class', 'sum', 'share-of-sum', 'from-value'] as const).map((word) => (
                      <th key={word} scope="col" className={table.number}>
                        {t(`indicators.${word}`)}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {classes.map((one) => (
                    <tr key={one.class}>
                      <th scope="row" className={table.first}>
                        {t(`indicators.classes.${one.class}`)}
                      </th>
                      <td className={table.number}>
                        <UnstyledButton
                          className={table.link!}
                          onClick={() => setView({ class: one.class, field }, { keep: true })}
                        >
                          {formatNumber(one.clients)}
                        </UnstyledButton>
                      </td>
                      <td className={table.number}>{formatNumber(one.sum)}</td>
                      <td className={table.number}>{formatShare(one.sum / sum)}</td>
                      <td className={table.number}>{formatNumber(one.least)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            {without > 0 && (
              <p className={table.count}>
                {t('indicators.without-value', { count: without, number: formatNumber(without) })}
              </p>
            )}
          </div>
        )
      }
    </Loaded>
  )
}
