import type { TextInputProps } from '@mantine/core'
import { judgeContact } from '#shared/contacts.ts'
import { formatPhone } from '#shared/phone-format.ts'
import type { ContactKind } from '#shared/verdict.ts'
import { useMe } from '#web/session.ts'
import { JudgedInput, type Judgement } from './JudgedInput.tsx'

interface ContactInputProps extends TextInputProps {
  kind: ContactKind
  value: string
}

/** Keyboards of telephones by kind. */
const INPUT_MODES: Partial<Record<ContactKind, 'tel' | 'email' | 'url'>> = {
  phone: 'tel',
  email: 'email',
  website: 'url',
}

/** A phone, an e-mail, an address … with its verdict while one types, by the rules the server judges by. */
export function ContactInput({ kind, ...input }: ContactInputProps) {
  const { cityCode } = useMe().company
  const judge = (text: string): Judgement => {
    const { verdict, reason, normalized, extension } = judgeContact(kind, text, { cityCode })
    const shown = normalized && kind === 'phone' ? formatPhone(normalized, extension) : normalized
    return { verdict, reason, shown: verdict === 'ok' && kind !== 'phone' ? null : shown }
  }
  return <JudgedInput {...input} judge={judge} inputMode={INPUT_MODES[kind] ?? 'text'} />
}
