/** What the window shows until the studio's screens move in: how to make a portrait today. */
export function EmptyStudio({ version }: { readonly version: string }) {
  return (
    <main className="empty-studio">
      <h1>APEX Portrait Studio</h1>
      <p>The studio’s screens move in here. Until then the command line does the whole job:</p>
      <ol>
        <li>
          <code>npm run portrait -- photo.jpg</code>
          <span>makes a portrait and its report</span>
        </li>
        <li>
          <code>npm run studio -- jobs list</code>
          <span>shows every job; each one survives a restart</span>
        </li>
        <li>
          <code>npm run studio -- doctor</code>
          <span>checks models, disk, engines and store</span>
        </li>
      </ol>
      <footer>Version {version}. Everything stays on this machine.</footer>
    </main>
  )
}
