import { useMemo } from 'react'
import { renderSVG } from 'uqr'
import classes from './QrCode.module.css'

/** An address for the camera of a telephone; always black on white, readers want it so. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const source = useMemo(
    () => `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { border: 2 }))}`,
    [text],
  )
  return <img className={classes.code} src={source} alt={label} width={152} height={152} />
}
