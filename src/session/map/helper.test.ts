import { describe, expect, it } from 'vitest'
import { serve, startHelper, type HelperEvent } from './helper'
import { nowAndThen } from './now-and-then'

/** A worker in this very thread: what it does, it does at once. */
function inThread<Question, Answer>(work: (question: Question) => Iterable<Answer>) {
  const page = new EventTarget()
  const worker = new EventTarget()
  let terminated = false
  const port = {
    postMessage: (data: unknown) => void worker.dispatchEvent(new MessageEvent('message', { data })),
    addEventListener: page.addEventListener.bind(page) as Worker['addEventListener'],
    terminate: () => void (terminated = true),
  }
  serve({
    addEventListener: worker.addEventListener.bind(worker) as Worker['addEventListener'],
    postMessage: (data: HelperEvent<Answer>) => void page.dispatchEvent(new MessageEvent('message', { data })),
  }, work)
  return { port, page, isTerminated: () => terminated }
}

const silent = (heard: unknown) => expect.fail(`Nobody was to hear ${String(heard)}.`)

describe('a helper', () => {
  it('answers bit by bit', () => {
    const heard: number[] = []
    const { port } = inThread(function* (upTo: number) {
      for (let i = 1; i <= upTo; i++) yield i
    })
    const helper = startHelper<number, number>(port, (answer) => heard.push(answer), silent)
    helper.ask(3)
    helper.ask(1)
    expect(heard).toEqual([1, 2, 3, 1])
  })

  it('is not heard any more once it was ended, in the middle of an answer', () => {
    const heard: number[] = []
    const { port, isTerminated } = inThread(() => [1, 2, 3])
    const helper = startHelper<number, number>(port, (answer) => {
      heard.push(answer)
      if (answer === 2) helper.end()
    }, silent)
    helper.ask(0)
    helper.ask(0)
    expect([heard, isTerminated()]).toEqual([[1, 2], true])
  })

  it('ends with a sentence when its work fails or its program does not load', () => {
    const said: string[] = []
    const failing = inThread(() => {
      throw new Error('there are too few pictures.')
    })
    startHelper<number, number>(failing.port, silent, (sentence) => said.push(sentence)).ask(1)
    expect(failing.isTerminated()).toBe(true)
    const missing = inThread(() => [])
    startHelper<number, number>(missing.port, silent, (sentence) => said.push(sentence))
    missing.page.dispatchEvent(new Event('error'))
    expect(said[0]).toMatch(/^The map could not be drawn: there are too few pictures\. The training goes on;/)
    expect(said[1]).toContain('its program could not be loaded')
  })
})

describe('now and then', () => {
  it('tells the first item, those that an interval has passed before, and the last', () => {
    let now = 0
    function* items() {
      for (let i = 0; i < 10; i++) {
        yield i
        now += 40
      }
    }
    expect([...nowAndThen(items(), () => now)]).toEqual([0, 3, 6, 9])
    expect([...nowAndThen([1, 2], () => 0)]).toEqual([1, 2])
    expect([...nowAndThen([], () => 0)]).toEqual([])
  })
})
