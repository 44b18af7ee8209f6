// Findings and rules are what a scanner is asked for and what it answers: whoever imports Windsock needs their names, and there
// is no other way to hand them on with one import. `Scanner` is not handed on: its types are for those who import it.
@_exported public import BuiltinRules
@_exported public import Findings
@_exported public import Rules

@_exported public import struct Bytes.ObjectID
