using Kopeck.Ledger.Fields;
using Kopeck.Ledger.Journal;

namespace Kopeck.Postgres.Reading;

/// <summary>An operation of a book's journal: who has it with this hash has all before it, and the same.</summary>
readonly record struct JournalPlace(BookName Book, long Number, Digest Hash);
