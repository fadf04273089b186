import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** The one accent: a steady blue, dark enough at shade 6 for white text (contrast 6.3). */
const accent: MantineColorsTuple = [
  '#eef4fa',
  '#dce7f2',
  '#b8cfe4',
  '#8fb3d4',
  '#6a99c5',
  '#4880b2',
  '#2f679b',
  '#28588a',
  '#224a74',
  '#1b3b5d',
]

const gray: MantineColorsTuple = [
  '#f8f9fa',
  '#f2f3f5',
  '#e8eaed',
  '#dcdfe4',
  '#c5cad1',
  '#9aa1ab',
  '#666d78',
  '#4a505a',
  '#31363e',
  '#1d2126',
]

const dark: MantineColorsTuple = [
  '#dfe2e6',
  '#b9bec6',
  '#9aa0aa',
  '#6f7682',
  '#3c4149',
  '#2e3238',
  '#25282d',
  '#1a1c20',
  '#141619',
  '#0f1012',
]

/** Heights and letters of dense office software: 32 px controls, 13 px text in them. */
const control = { '--input-height': '32px', '--input-fz': '13px' }

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 6,
  colors: { accent, gray, dark },
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "SF Mono", "Liberation Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '19px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '19px', lineHeight: '1.35' },
      h2: { fontSize: '16px', lineHeight: '1.4' },
      h3: { fontSize: '14px', lineHeight: '1.45' },
      h4: { fontSize: '13px', lineHeight: '1.45' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Input: { vars: () => ({ wrapper: control }) },
    InputWrapper: {
      vars: () => ({
        label: { '--input-label-size': '12px', '--input-asterisk-color': 'var(--mantine-color-red-7)' },
        error: { '--input-error-size': '12px' },
        description: { '--input-description-size': '12px' },
      }),
    },
    Button: {
      vars: (_: unknown, props: { size?: string }) =>
        props.size === undefined || props.size === 'sm'
          ? { root: { '--button-height': '32px', '--button-fz': '13px', '--button-padding-x': '12px' } }
          : { root: {} },
      styles: { root: { fontWeight: 500 } },
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.2 } } },
    Badge: {
      defaultProps: { variant: 'light', radius: 'sm' },
      styles: { root: { textTransform: 'none', fontWeight: 500 } },
    },
    Table: { defaultProps: { verticalSpacing: 6, horizontalSpacing: 'sm', fz: 13 } },
    Tabs: { styles: { tab: { fontSize: '13px' } } },
    Menu: { defaultProps: { shadow: 'md', withinPortal: true } },
    Popover: { defaultProps: { shadow: 'md' } },
    Paper: { defaultProps: { withBorder: true, radius: 'md' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
  },
})
