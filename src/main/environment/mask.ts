const MASK = '***'

/**
 * `://user:` and all up to the last `@` before a query: a password that holds `/` or `@` unescaped is covered too.
 * Lengths are bounded so that the search stays linear in whatever text it is given.
 */
const USER_AND_PASSWORD = /:\/\/([^\s:@/?#"]{0,256}):([^\s?"]{0,1024})@/g

/** Parameters of a query that are secrets by their name, e.g. `tlsCertificateKeyFilePassword` or `api_key`. */
const SECRET_PARAMETER =
  /([?&;][^=&?;\s"]{0,64}(?:password|secret|token|key|credential|authmechanismproperties)[^=&?;\s"]{0,64}=)[^&\s"]+/gi

/** The text with passwords of the addresses in it replaced by `***`. */
export function maskAddresses(text: string): string {
  return text.replace(USER_AND_PASSWORD, `://$1:${MASK}@`).replace(SECRET_PARAMETER, `$1${MASK}`)
}

/** A value as it may be shown; see `VariableFacts.secret`. */
export function maskValue(value: string, secret: 'no' | 'whole' | 'address'): string {
  switch (secret) {
    case 'no':
      return value
    case 'whole':
      return MASK
    case 'address':
      return maskAddresses(value)
  }
}
