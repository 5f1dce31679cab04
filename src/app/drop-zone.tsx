import { useCallback, useEffect, useState } from 'react'
import { usePlayground } from './playground-context'
import { droppedFiles } from './dropped-files'
import { count } from './format'
import styles from './app.module.css'

/** The whole page takes files. Anything else that is dragged over it goes where it would go without. */
export function DropZone() {
  const take = useTake()
  const [over, setOver] = useState(false)
  useEffect(() => {
    function onOver(event: DragEvent) {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    function onLeave(event: DragEvent) {
      if (event.relatedTarget === null) setOver(false)
    }
    function onDrop(event: DragEvent) {
      setOver(false)
      if (!event.dataTransfer || !hasFiles(event)) return
      event.preventDefault()
      void take(event.dataTransfer)
    }
    document.addEventListener('dragover', onOver)
    document.addEventListener('dragleave', onLeave)
    document.addEventListener('drop', onDrop)
    return () => {
      document.removeEventListener('dragover', onOver)
      document.removeEventListener('dragleave', onLeave)
      document.removeEventListener('drop', onDrop)
    }
  }, [take])
  return over ? <div className={styles.drop}>Drop a CIFAR archive, or pictures in one folder for each class</div> : null
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}

/** Takes what was dropped, as far as it can be read, and says what cannot. */
function useTake(): (transfer: DataTransfer) => Promise<void> {
  const load = usePlayground((state) => state.load)
  const notify = usePlayground((state) => state.notify)
  return useCallback(async (transfer) => {
    const { files, unreadable } = await droppedFiles(transfer)
    if (unreadable > 0) notify(unreadableInWords(unreadable))
    if (files.length > 0 || unreadable === 0) await load(files)
  }, [load, notify])
}

function unreadableInWords(unreadable: number): string {
  const what = unreadable === 1 ? 'One file or folder that was dropped could not be read and is' : `${count(unreadable)} files or folders that were dropped could not be read and are`
  return `${what} left out: see that the browser may read what is there, and drop it again.`
}
