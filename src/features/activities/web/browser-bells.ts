/** Notifications of the browser itself: over https or on this computer only, and where the person allows them. */
export const browserBells = {
  /** `unknown`: not asked yet; `never`: this page may not ask. */
  state(): 'on' | 'off' | 'unknown' | 'never' {
    if (!isSecureContext || !('Notification' in globalThis)) return 'never'
    return ({ granted: 'on', denied: 'off', default: 'unknown' } as const)[Notification.permission]
  },
  ask: async () => {
    if (browserBells.state() === 'unknown') await Notification.requestPermission()
    return browserBells.state()
  },
  ring(title: string, body: string, id: string) {
    if (browserBells.state() !== 'on') return
    try {
      const shown = new Notification(title, { body, tag: id })
      shown.addEventListener('click', () => {
        window.focus()
        shown.close()
      })
    } catch {
      // Android lets only a service worker notify; the page has rung already.
    }
  },
}
