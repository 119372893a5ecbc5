using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Laws.Tests;

public sealed class PostgresStatementLawTests() : StatementLawTests(StoreEngine.Postgres);

public sealed class PostgresReportLawTests() : ReportLawTests(StoreEngine.Postgres);

public sealed class PostgresAbandonedReaderTests() : AbandonedReaderTests(StoreEngine.Postgres);
