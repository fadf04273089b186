import type { TextInputProps } from '@mantine/core'
import { judgeAccount, judgeBic, judgeInn, judgeKpp, judgeOgrn, judgeOkpo } from '#shared/tax-numbers.ts'
import { JudgedInput } from './JudgedInput.tsx'

const JUDGES = {
  inn: judgeInn,
  kpp: judgeKpp,
  ogrn: judgeOgrn,
  okpo: judgeOkpo,
  bic: judgeBic,
  account: judgeAccount,
}

interface TaxNumberInputProps extends TextInputProps {
  number: keyof typeof JUDGES
  value: string
}

/** ИНН, КПП, ОГРН, ОКПО, БИК or an account with its check digits judged while one types. */
export function TaxNumberInput({ number, ...input }: TaxNumberInputProps) {
  const judge = (text: string) => {
    const { verdict, reason, value } = JUDGES[number](text)
    return { verdict, reason, shown: verdict === 'fixed' ? value : null }
  }
  return <JudgedInput {...input} judge={judge} inputMode="numeric" />
}
