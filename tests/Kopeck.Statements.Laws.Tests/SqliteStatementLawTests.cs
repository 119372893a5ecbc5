using Kopeck.Testing.Stores.Engines;

namespace Kopeck.Statements.Laws.Tests;

public sealed class SqliteStatementLawTests() : StatementLawTests(StoreEngine.Sqlite);

public sealed class SqliteReportLawTests() : ReportLawTests(StoreEngine.Sqlite);

public sealed class SqliteAbandonedReaderTests() : AbandonedReaderTests(StoreEngine.Sqlite);
