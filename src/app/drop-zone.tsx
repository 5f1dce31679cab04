import { useEffect, useState } from 'react'
import { usePlayground } from './playground-context'
import { droppedFiles } from './dropped-files'
import styles from './app.module.css'

/** The whole page takes files. */
export function DropZone() {
  const load = usePlayground((state) => state.load)
  const [over, setOver] = useState(false)
  useEffect(() => {
    function onOver(event: DragEvent) {
      event.preventDefault()
      setOver(true)
    }
    function onLeave(event: DragEvent) {
      if (event.relatedTarget === null) setOver(false)
    }
    function onDrop(event: DragEvent) {
      event.preventDefault()
      setOver(false)
      if (event.dataTransfer) void droppedFiles(event.dataTransfer).then(load)
    }
    document.addEventListener('dragover', onOver)
    document.addEventListener('dragleave', onLeave)
    document.addEventListener('drop', onDrop)
    return () => {
      document.removeEventListener('dragover', onOver)
      document.removeEventListener('dragleave', onLeave)
      document.removeEventListener('drop', onDrop)
    }
  }, [load])
  return over ? <div className={styles.drop}>Drop a CIFAR archive, or pictures in one folder for each class</div> : null
}
