import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'

/** A text to take away: a link, a token, an address. Works without a secure context too. */
export function CopyField({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    setCopied(await copyText(value, input.current))
    setTimeout(() => setCopied(false), 2000)
  }
  return (
    <TextInput
      ref={input}
      label={label}
      value={value}
      readOnly
      onFocus={({ currentTarget }) => currentTarget.select()}
      rightSection={
        <Tooltip label={t(copied ? 'shell.copied' : 'shell.copy')}>
          <ActionIcon onClick={() => void copy()} aria-label={t('shell.copy')}>
            {copied ? <IconCheck size={16} color="var(--good)" /> : <IconCopy size={16} />}
          </ActionIcon>
        </Tooltip>
      }
    />
  )
}

/** `navigator.clipboard` is there on https and localhost only; on an office address the old command does it. */
export async function copyText(
  text: string,
  input: HTMLInputElement | HTMLTextAreaElement | null = null,
): Promise<boolean> {
  if (window.isSecureContext) {
    const isDone = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    )
    if (isDone) return true
  }
  return input ? copyFrom(input) : copyByArea(text)
}

function copyByArea(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  const isDone = copyFrom(area)
  area.remove()
  return isDone
}

function copyFrom(input: HTMLInputElement | HTMLTextAreaElement): boolean {
  input.focus()
  input.select()
  return document.execCommand('copy')
}
