import { readFileSync } from 'node:fs'
import protobuf from 'protobufjs'

const { root } = protobuf.parse(readFileSync(new URL('onnx.proto', import.meta.url), 'utf8'))

/** The message that an `.onnx` file is. */
export const modelProto = root.lookupType('onnx.ModelProto')
