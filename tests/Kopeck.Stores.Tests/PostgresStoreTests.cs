using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Stores.Tests;

public sealed class PostgresGuardTests() : GuardTests(StoreEngine.Postgres);

public sealed class PostgresEpochAndLockTests() : EpochAndLockTests(StoreEngine.Postgres);

public sealed class PostgresHeadTests() : HeadTests(StoreEngine.Postgres);

public sealed class PostgresContentTests() : ContentTests(StoreEngine.Postgres);

public sealed class PostgresLookUpTests() : LookUpTests(StoreEngine.Postgres);

public sealed class PostgresJournalReadTests() : JournalReadTests(StoreEngine.Postgres);

public sealed class PostgresAccountReadTests() : AccountReadTests(StoreEngine.Postgres);

public sealed class PostgresHoldReadTests() : HoldReadTests(StoreEngine.Postgres);

public sealed class PostgresKnownAccountTests() : KnownAccountTests(StoreEngine.Postgres);

public sealed class PostgresCustomerReadTests() : CustomerReadTests(StoreEngine.Postgres);

public sealed class PostgresQuoteReadTests() : QuoteReadTests(StoreEngine.Postgres);

public sealed class PostgresKeyTests() : KeyTests(StoreEngine.Postgres);

public sealed class PostgresPersonalTests() : PersonalTests(StoreEngine.Postgres);

public sealed class PostgresVerificationStoreTests() : VerificationStoreTests(StoreEngine.Postgres);

public sealed class PostgresConcurrencyTests() : ConcurrencyTests(StoreEngine.Postgres);

public sealed class PostgresBoundedReadTests() : BoundedReadTests(StoreEngine.Postgres);
