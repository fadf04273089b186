import type { TextInputProps } from '@mantine/core'
import { useEffect, useState } from 'react'
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

/** Rules of every kind of contact, a dozen kilobytes: downloaded with the first field. Without them, where the line is down, a contact is entered all the same and judged by the server. */
let known: typeof import('#shared/contacts.ts') | undefined

function useRules() {
  const [brought, setBrought] = useState(() => known)
  useEffect(() => {
    if (brought) return
    import('#shared/contacts.ts').then(
      (module) => setBrought((known = module)),
      () => {},
    )
  }, [brought])
  return brought
}

/** A phone, an e-mail, an address … with its verdict while one types, by the rules the server judges by. */
export function ContactInput({ kind, ...input }: ContactInputProps) {
  const { cityCode } = useMe().company
  const rules = useRules()
  const judge = (text: string): Judgement | null => {
    if (!rules) return null
    const { verdict, reason, normalized, extension } = rules.judgeContact(kind, text, { cityCode })
    const shown = normalized && kind === 'phone' ? formatPhone(normalized, extension) : normalized
    return { verdict, reason, shown: verdict === 'ok' && kind !== 'phone' ? null : shown }
  }
  return <JudgedInput {...input} judge={judge} inputMode={INPUT_MODES[kind] ?? 'text'} />
}
