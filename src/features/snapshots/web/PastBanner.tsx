import { IconHistoryToggle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './snapshots.module.css'

interface PastBannerProps {
  moment: string
  note: string
  /** Over a card, whose edges it reaches. */
  card?: boolean
  children: ReactNode
}

/** Says above a screen that it shows the past, and leads back. */
export const PastBanner = ({ moment, note, card = false, children }: PastBannerProps) => (
  <div className={card ? classes.bannerCard : classes.banner} role="status">
    <IconHistoryToggle size={18} stroke={1.6} aria-hidden />
    <span className={classes.bannerMoment}>{moment}</span>
    <span>{note}</span>
    <span className={`${classes.bannerActs} no-print`}>{children}</span>
  </div>
)
