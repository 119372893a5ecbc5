using System;

namespace Kopeck.Fields.Sql;

/// <summary>The tables cannot be read. The id is a contract: see docs/fields.md.</summary>
sealed class SqlException : Exception
{
    public SqlException(string id, string message, SqlPlace place)
        : base(message)
    {
        Id = id;
        Place = place;
    }

    public string Id { get; }

    public SqlPlace Place { get; }
}
