import { parentPort, workerData } from 'node:worker_threads'
import { serializeError } from '../../../domain/errors.ts'
import { DocumentEngine } from './document-engine.ts'
import { storeError } from './sqlite-errors.ts'
import { type StoreCall, storeCallSchema, toWorkerSchema, workerOptionsSchema } from './worker-protocol.ts'

/** Entry of the worker thread that owns the SQLite connection. It opens the file with the first call. */

const port = parentPort
if (!port) throw new Error('This file is the entry of a worker thread.')
const { path } = workerOptionsSchema.parse(workerData)
let engine: DocumentEngine | null = null

function answer(call: StoreCall): unknown {
  if (call.method === 'close') {
    engine?.close()
    engine = null
    return null
  }
  engine ??= new DocumentEngine(path)
  switch (call.method) {
    case 'open':
      return null
    case 'insertOne':
      return engine.insertOne(call.collection, call.document)
    case 'find':
      return engine.find(call.collection, call.filter, call.selection)
    case 'countDocuments':
      return engine.countDocuments(call.collection, call.filter)
    case 'updateOne':
      return engine.updateOne(call.collection, call.filter, call.update)
    case 'findOneAndUpdate':
      return engine.findOneAndUpdate(call.collection, call.filter, call.update, call.order)[call.returnDocument]
    case 'deleteOne':
      return engine.deleteOne(call.collection, call.filter)
    case 'createIndex':
      return engine.createIndex(call.collection, call.keys, call.multikey)
  }
}

port.on('message', (message: unknown) => {
  const { id, call } = toWorkerSchema.parse(message)
  try {
    port.postMessage({ id, result: answer(storeCallSchema.parse(call)) })
  } catch (thrown) {
    port.postMessage({ id, error: serializeError(storeError(thrown)) })
  }
})
