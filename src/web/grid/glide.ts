import {
  CompactSelection,
  type DataEditorCoreProps,
  type GridSelection,
  ImageWindowLoaderImpl,
  loadingCellRenderer,
  markerCellRenderer,
  newRowCellRenderer,
  type TextCell,
  textCellRenderer,
} from '@glideapps/glide-data-grid'

/** The kinds of cell we draw; the others bring a Markdown reader and a picture carousel along. */
export const RENDERERS = [
  markerCellRenderer,
  newRowCellRenderer,
  loadingCellRenderer,
  // What stands in the cell is heard, not the value behind it (the id of an owner).
  { ...textCellRenderer, getAccessibilityString: ({ displayData }: TextCell) => displayData },
] as unknown as DataEditorCoreProps['renderers']

/** What the grid would do by itself and we do in its place: its keys know one layout, its clipboard no line breaks, its Escape forgets the place. */
export const KEYS = {
  search: false,
  copy: false,
  cut: false,
  paste: false,
  delete: false,
  clear: false,
  selectAll: false,
  selectRow: false,
  selectColumn: false,
}

export const images = new ImageWindowLoaderImpl()

export const nothingSelected = (): GridSelection => ({
  columns: CompactSelection.empty(),
  rows: CompactSelection.empty(),
})
