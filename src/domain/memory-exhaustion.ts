/**
 * What runtimes print or throw when memory has run out: V8 (heap limit, ArrayBuffer), the C++ standard library, Linux'
 * ENOMEM, WebAssembly, ONNX Runtime's arenas, CUDA, Direct3D 12, and Vulkan through WebGPU.
 */
const PHRASES = [
  /out of memory/i,
  /array buffer allocation failed/i,
  /bad_alloc|bad allocation/i,
  /(?:cannot|could not) allocate memory|ENOMEM/i,
  /failed to allocate memory/i,
  /CUDA_ERROR_OUT_OF_MEMORY|CUBLAS_STATUS_ALLOC_FAILED/,
  /E_OUTOFMEMORY|8007000E/i,
  /VK_ERROR_OUT_OF_(?:DEVICE|HOST)_MEMORY/
]

export function speaksOfMemory(text: string): boolean {
  return PHRASES.some((phrase) => phrase.test(text))
}
