/** The mark of the product: a card drawer. */
export const Logo = ({ size = 24 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" style={{ flex: 'none' }}>
    <rect width="32" height="32" rx="8" fill="var(--mantine-color-accent-6)" />
    <path d="M7 13h18v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 7 24z" fill="#fff" />
    <path d="M9 11.2h14M10.5 8.6h11" stroke="#fff" strokeWidth="1.6" strokeLinecap="round" opacity=".75" />
    <path d="M13 18.2h6" stroke="var(--mantine-color-accent-6)" strokeWidth="2" strokeLinecap="round" />
  </svg>
)
