import {
  IconFile,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconPhoto,
  type Icon,
} from '@tabler/icons-react'
import type { ClientFile } from '#features/files/contract.ts'

const byEnding: [RegExp, Icon][] = [
  [/\.(xlsx?|ods|csv)$/i, IconFileSpreadsheet],
  [/\.(docx?|odt|rtf|txt)$/i, IconFileText],
  [/\.(zip|rar|7z)$/i, IconFileZip],
]

export function FileIcon({
  file,
  size = 18,
}: {
  file: Pick<ClientFile, 'name' | 'mediaType'>
  size?: number
}) {
  const Shown = file.mediaType.startsWith('image/')
    ? IconPhoto
    : file.mediaType === 'application/pdf'
      ? IconFileTypePdf
      : (byEnding.find(([ending]) => ending.test(file.name))?.[1] ?? IconFile)
  return <Shown size={size} stroke={1.6} aria-hidden />
}
