/** How the page writes numbers. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** 12 345 with narrow spaces, as the field’s papers write large numbers. */
export function count(value: number): string {
  return whole.format(value).replaceAll(',', '\u202f')
}

/** A share as “54.7 %”, the whole as “100 %”, or a dash when there is none. */
export function percent(share: number | undefined): string {
  return isNumber(share) ? `${(share * 100).toFixed(share > 0.9995 ? 0 : 1)} %` : '–'
}

/** A loss or an entropy with three digits, or a dash. */
export function decimal(value: number | undefined, digits = 2): string {
  return isNumber(value) ? value.toFixed(digits) : '–'
}

/** Seconds as “0:42” or “1:02:03”. */
export function duration(seconds: number): string {
  const total = Math.floor(seconds)
  const minutes = Math.floor(total / 60) % 60
  const hours = Math.floor(total / 3_600)
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  return hours > 0
    ? `${hours}:${twoDigits(minutes)}:${twoDigits(total % 60)}`
    : `${minutes}:${twoDigits(total % 60)}`
}

/** A rate with one digit while it is small, or a dash while there is none. */
export function rate(perSecond: number): string {
  if (perSecond === 0) return '–'
  return perSecond < 10 ? perSecond.toFixed(1) : count(perSecond)
}

/** Bytes as “0.4 MB” or “15 MB”. */
export function megabytes(bytes: number): string {
  const millions = bytes / 1_000_000
  return `${millions < 10 ? millions.toFixed(1) : count(millions)} MB`
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined && !Number.isNaN(value)
}
