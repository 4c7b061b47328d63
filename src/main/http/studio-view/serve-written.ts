import { basename } from 'node:path'
import { create as contentDisposition } from 'content-disposition'
import { ZipFile } from 'yazl'
import { z } from 'zod'
import { machinePathSchema } from '../../../domain/machine-path.ts'
import type { HttpApp } from '../http-routes.ts'
import { sendFile } from '../send-file.ts'
import type { Exchange } from './exchange.ts'

const querySchema = z.strictObject({ path: machinePathSchema })

/** Hands a browser what the studio has written for it: a file as it is, several in one ZIP. */
export function serveWritten(app: HttpApp, exchange: Exchange): void {
  app.get('/studio/written', { schema: { hide: true, querystring: querySchema } }, async (request, reply) => {
    const files = await exchange.filesAt(request.query.path)
    const [only, ...others] = files
    if (only && others.length === 0) {
      reply.header('content-disposition', contentDisposition(basename(only.name)))
      return await sendFile(request, reply, only.path)
    }
    const zip = new ZipFile()
    // Pictures do not get smaller.
    for (const { path, name } of files) zip.addFile(path, name, { compress: false })
    zip.end()
    return await reply
      .type('application/zip')
      .header('content-disposition', contentDisposition(`${nameOfAll(files)}.zip`))
      .send(zip.outputStream)
  })
}

/** Of the one folder that everything lies in, as a bundle for clients has it. */
function nameOfAll(files: readonly { readonly name: string }[]): string {
  const folders = new Set(files.map(({ name }) => (name.includes('/') ? name.split('/')[0] : undefined)))
  const [only] = folders
  return folders.size === 1 && only ? only : 'portraits'
}
