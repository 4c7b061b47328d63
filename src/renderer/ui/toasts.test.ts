import { beforeEach, expect, it, vi } from 'vitest'
import { useToasts } from './toasts.ts'

beforeEach(() => useToasts.setState(useToasts.getInitialState()))

/** Something that is done at once and can be taken back, as the screens have it. */
function actions() {
  const done = new Set<string>()
  const remove = async (name: string) => {
    done.add(name)
    useToasts.getState().show({
      text: name,
      undo: async () => {
        done.delete(name)
        return () => remove(name)
      }
    })
  }
  return { done, remove }
}
const undo = () => useToasts.getState().undoLatest()
const redo = () => useToasts.getState().redoLatest()

it('takes back the latest first, and does it again in the order it was done', async () => {
  const { done, remove } = actions()
  await remove('a')
  await remove('b')
  expect([undo(), undo(), undo()]).toEqual([true, true, false])
  await vi.waitFor(() => expect(useToasts.getState().undone).toHaveLength(2))
  expect([...done]).toEqual([])
  expect(redo()).toBe(true)
  await vi.waitFor(() => expect([...done]).toEqual(['a']))
  expect(redo()).toBe(true)
  await vi.waitFor(() => expect([...done]).toEqual(['a', 'b']))
  expect(redo()).toBe(false)
  expect(undo()).toBe(true)
  await vi.waitFor(() => expect([...done]).toEqual(['a']))
})

it('does nothing again after something else was done, and keeps it through mere news', async () => {
  const { remove } = actions()
  await remove('a')
  undo()
  await vi.waitFor(() => expect(useToasts.getState().undone).toHaveLength(1))
  useToasts.getState().show({ text: 'news' })
  expect(useToasts.getState().undone).toHaveLength(1)
  await remove('b')
  expect(redo()).toBe(false)
})
