import { app, BrowserWindow } from 'electron'

// What the studio is measured against: the least that shows a window of its size and tells when it has been drawn.
const PAGE = `<!doctype html><p>empty<script>
requestAnimationFrame(() => setTimeout(() => performance.mark('studio-usable')))
</script>`

app
  .whenReady()
  .then(() => new BrowserWindow({ width: 1440, height: 900 }).loadURL(`data:text/html,${encodeURIComponent(PAGE)}`))
