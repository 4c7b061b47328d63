/**
 * The files of a drop or paste, folders walked (https://wicg.github.io/entries-api/). What was dropped is read before
 * anything is awaited: it is emptied as soon as the event is over.
 */
export async function droppedFiles(data: DataTransfer): Promise<readonly File[]> {
  const plain = [...data.files]
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null)
  if (!entries.some((entry) => entry?.isDirectory)) return plain
  return (await Promise.all(entries.map((entry) => (entry ? filesBelow(entry) : [])))).flat()
}

async function filesBelow(entry: FileSystemEntry): Promise<readonly File[]> {
  if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))]
  if (!isDirectory(entry)) return []
  const reader = entry.createReader()
  const files: File[] = []
  for (;;) {
    // A batch at a time; an empty one is the last.
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (batch.length === 0) return files
    for (const each of batch) files.push(...(await filesBelow(each)))
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isDirectory = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory
