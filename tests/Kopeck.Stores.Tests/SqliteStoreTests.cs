using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Stores.Tests;

public sealed class SqliteGuardTests() : GuardTests(StoreEngine.Sqlite);

public sealed class SqliteEpochAndLockTests() : EpochAndLockTests(StoreEngine.Sqlite);

public sealed class SqliteHeadTests() : HeadTests(StoreEngine.Sqlite);

public sealed class SqliteContentTests() : ContentTests(StoreEngine.Sqlite);

public sealed class SqliteLookUpTests() : LookUpTests(StoreEngine.Sqlite);

public sealed class SqliteJournalReadTests() : JournalReadTests(StoreEngine.Sqlite);

public sealed class SqliteAccountReadTests() : AccountReadTests(StoreEngine.Sqlite);

public sealed class SqliteHoldReadTests() : HoldReadTests(StoreEngine.Sqlite);

public sealed class SqliteKnownAccountTests() : KnownAccountTests(StoreEngine.Sqlite);

public sealed class SqliteCustomerReadTests() : CustomerReadTests(StoreEngine.Sqlite);

public sealed class SqliteQuoteReadTests() : QuoteReadTests(StoreEngine.Sqlite);

public sealed class SqliteKeyTests() : KeyTests(StoreEngine.Sqlite);

public sealed class SqlitePersonalTests() : PersonalTests(StoreEngine.Sqlite);

public sealed class SqliteVerificationStoreTests() : VerificationStoreTests(StoreEngine.Sqlite);

public sealed class SqliteConcurrencyTests() : ConcurrencyTests(StoreEngine.Sqlite);

public sealed class SqliteBoundedReadTests() : BoundedReadTests(StoreEngine.Sqlite);
