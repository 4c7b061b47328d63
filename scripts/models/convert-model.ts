import type { CatalogueModel } from './catalogue.ts'
import { convertFaceRecognition } from './face-recognition/convert-face-recognition.ts'
import { type ModelSources, readSources } from './source-files.ts'
import { convertGraphModel } from './tfjs/convert-graph-model.ts'
import { convertTflite } from './tflite/convert-tflite.ts'

/**
 * The ONNX bytes of a built-in model, from the package that carries it; the same on every machine.
 *
 * @throws StudioError `model-missing`, `model-damaged`, `model-unsupported`.
 */
export async function convertModel(model: CatalogueModel): Promise<Uint8Array<ArrayBuffer>> {
  return convert(model, await readSources(model))
}

function convert(model: CatalogueModel, { main, shard }: ModelSources): Uint8Array<ArrayBuffer> {
  const { conversion, inputs, outputs } = model
  const names = { input: inputs[0], output: outputs[0] }
  switch (conversion.format) {
    case 'tflite':
      return convertTflite(main, { inputs, outputs })
    case 'tfjs-graph':
      return convertGraphModel(json(main), shard, { ...names, outputShape: conversion.outputShape })
    case 'face-recognition':
      return convertFaceRecognition(json(main), shard, names)
  }
}

function json(bytes: Uint8Array): unknown {
  return JSON.parse(Buffer.from(bytes).toString('utf8'))
}
