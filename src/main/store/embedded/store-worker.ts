import { type MessagePort, parentPort, receiveMessageOnPort } from 'node:worker_threads'
import { type SerializedError, serializeError } from '../../../domain/errors.ts'
import { batches, type PendingCall } from './call-batches.ts'
import { DocumentEngine } from './document-engine.ts'
import { storeError } from './sqlite-errors.ts'
import { type StoreCall, storeCallSchema, toWorkerSchema, workerOptionsSchema } from './worker-protocol.ts'

/**
 * Entry of the worker thread that owns the SQLite connection. The first message tells where the file is; it is opened
 * with the first call.
 */

const port = parentPort
if (!port) throw new Error('This file is the entry of a worker thread.')
let path = ''
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
    case 'collections':
      return engine.collections()
    case 'insertOne':
      return engine.insertOne(call.collection, call.document)
    case 'find':
      return engine.find(call.collection, call.filter, call.selection)
    case 'countDocuments':
      return engine.countDocuments(call.collection, call.filter)
    case 'updateOne':
      return engine.updateOne(call.collection, call.filter, call.update)
    case 'findOneAndUpdate':
      return engine.findOneAndUpdate(call.collection, call.filter, call.update, call)
    case 'deleteOne':
      return engine.deleteOne(call.collection, call.filter)
    case 'createIndex':
      return engine.createIndex(call.collection, call.keys, call.multikey)
  }
}

type Answer = { readonly result: unknown } | { readonly error: SerializedError }

function answered(call: StoreCall): Answer {
  try {
    return { result: answer(call) }
  } catch (thrown) {
    return failed(thrown)
  }
}

function failed(thrown: unknown): Answer {
  return { error: serializeError(storeError(thrown)) }
}

/** Writes that wait at the same time wait for the disk once; nobody is answered before that. */
function answeredTogether(calls: readonly StoreCall[]): Answer[] {
  try {
    engine ??= new DocumentEngine(path)
    const outcomes = engine.together(calls.map((call) => () => answer(call)))
    return outcomes.map((each) => (each.status === 'fulfilled' ? { result: each.value } : failed(each.reason)))
  } catch (thrown) {
    return calls.map(() => failed(thrown))
  }
}

/** The call that came, and those that have come since. */
function* pendingCalls(from: MessagePort, first: unknown): Generator<PendingCall> {
  let next: { readonly message: unknown } | undefined = { message: first }
  while (next) {
    const { id, call } = toWorkerSchema.parse(next.message)
    const parsed = storeCallSchema.safeParse(call)
    if (parsed.success) yield { id, call: parsed.data }
    else from.postMessage({ id, ...failed(parsed.error) })
    next = receiveMessageOnPort(from)
  }
}

function serve(from: MessagePort, first: unknown): void {
  for (const batch of batches(pendingCalls(from, first))) {
    const calls = batch.map(({ call }) => call)
    const answers = calls.length > 1 ? answeredTogether(calls) : calls.map(answered)
    for (const [index, { id }] of batch.entries()) from.postMessage({ id, ...answers[index] })
  }
}

port.once('message', (options: unknown) => {
  path = workerOptionsSchema.parse(options).path
  port.on('message', (first: unknown) => serve(port, first))
})
