"""A stand-in for Neon: its console API and its proxy, on real PostgreSQL servers.

Neon cannot be reached from where the tests run, and no emulator of it exists. This one is made of

- `storage`: a branch is the data folder of a whole cluster. A copy of it is taken while its server
  stands still, so that it is what the disk held at one moment, as with Neon's storage. A compute is
  a real server on such a folder, started by the first connection and ended by a suspend.
- `project`, `calls`, `computes`, `restores`: the rules of branches, endpoints and snapshots.
- `service`: HTTP. Each request and each answer is checked against Neon's own OpenAPI description
  (`specification`), names of fields and parameters included; what does not fit fails the test.
- `front`: the proxy. TLS, SCRAM with and without channel binding, routing by SNI or by
  `options=endpoint=...`, waking a compute, and Neon's messages when it cannot.
- `faults`: what a test makes go wrong.

What it does not model: history (a moment in the past can be asked for only where a test said
`neon.keep()`; anything else is refused, never guessed), the automatic suspend, autoscaling and
compute sizes, quotas and consumption (always 0), archived branches, read replicas, schedules of
snapshots, recovery of deleted branches, permissions (there is one key), rate limits by
themselves, and the 24 hours in which a branch of a restored parent cannot be reset.

What is believed and not known, since Neon's description does not say: which 4xx a broken rule
gives (422; 409 for a name that exists), all texts of errors, which actions the operations of a
call have, that a branch restored from a snapshot comes with a compute of its own (a test can have
it without) and that finalizing removes that compute. Vado must not depend on any of these.
"""
