import katex from 'katex'
import 'katex/dist/katex.min.css'
import { memo } from 'react'

/** A formula as HTML, with MathML beside it for screen readers. Formulas are the page’s own: no input of others comes here. */
const Formula = memo(function Formula({ tex }: { tex: string }) {
  const html = katex.renderToString(`\\displaystyle ${tex}`, { output: 'htmlAndMathml', throwOnError: true, strict: 'ignore' })
  return <span dangerouslySetInnerHTML={{ __html: html }} />
})

export default Formula
