import type { Theme } from '@glideapps/glide-data-grid'
import { useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'

/** Colours of the marks our own drawing adds to a cell. */
export interface MarkColors {
  doubtful: string
  junk: string
  chip: string
  refused: string
  changed: string
}

/** The grid paints on a canvas and cannot read CSS variables: the theme of the page as an object, anew on light and dark. */
export function useGridTheme(): { theme: Partial<Theme>; marks: MarkColors } {
  const scheme = useComputedColorScheme('light')
  // The colours live in the style sheet and change with the scheme.
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => readTheme(scheme === 'dark'), [scheme])
}

function readTheme(isDark: boolean) {
  const style = getComputedStyle(document.documentElement)
  const color = (name: string) => style.getPropertyValue(name).trim()
  const theme: Partial<Theme> = {
    accentColor: color('--mantine-color-accent-6'),
    accentFg: '#ffffff',
    accentLight: isDark ? 'rgba(72,128,178,0.20)' : 'rgba(47,103,155,0.10)',
    textDark: color('--text'),
    textMedium: color('--quiet'),
    textLight: color('--quiet'),
    textBubble: color('--text'),
    textHeader: color('--quiet'),
    textHeaderSelected: '#ffffff',
    bgCell: color('--page'),
    bgCellMedium: color('--side'),
    bgHeader: color('--side'),
    bgHeaderHasFocus: color('--hover'),
    bgHeaderHovered: color('--hover'),
    bgBubble: color('--hover'),
    bgBubbleSelected: color('--page'),
    borderColor: color('--line'),
    horizontalBorderColor: color('--line'),
    linkColor: color(isDark ? '--mantine-color-accent-3' : '--mantine-color-accent-6'),
    cellHorizontalPadding: 10,
    cellVerticalPadding: 3,
    headerFontStyle: '500 12px',
    baseFontStyle: '13px',
    markerFontStyle: '11px',
    editorFontSize: '13px',
    fontFamily: color('--mantine-font-family'),
    roundingRadius: 4,
  }
  return {
    theme,
    marks: {
      doubtful: color('--warn'),
      junk: color('--bad'),
      chip: color('--hover'),
      refused: isDark ? '#4a2426' : '#fdeceb',
      changed: isDark ? '#3a3013' : '#fdf3d7',
    },
  }
}
