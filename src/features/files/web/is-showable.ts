import { type ClientFile, previewTypes } from '#features/files/contract.ts'

/** Whether a file can be looked at on the page. */
export const isShowable = (file: ClientFile) => (previewTypes as readonly string[]).includes(file.mediaType)
