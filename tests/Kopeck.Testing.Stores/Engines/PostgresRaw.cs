using System.Globalization;
using System.Text;
using Kopeck.Ledger.Fields;
using Npgsql;
using NpgsqlTypes;

namespace Kopeck.Testing.Stores.Engines;

/// <summary>A superuser's connection, without the store.</summary>
sealed class PostgresRaw : RawDatabase
{
    readonly NpgsqlConnection connection;

    public PostgresRaw(string address)
    {
        connection = new NpgsqlConnection(address + ";Pooling=false");
        connection.Open();
    }

    public override IEnumerable<object?[]> Query(string sql, params object?[] values)
    {
        using var command = new NpgsqlCommand(Number(sql), connection);
        foreach (var value in values)
            command.Parameters.Add(Parameter(value));
        using var rows = command.ExecuteReader();
        while (rows.Read())
            yield return [.. Enumerable.Range(0, rows.FieldCount).Select(column => Plain(rows.GetValue(column)))];
    }

    public override bool TryRun(string sql, params object?[] values)
    {
        try
        {
            Run(sql, values);
            return true;
        }
        catch (PostgresException refusal) when (refusal.SqlState[..2] is "22" or "42")
        {
            return false;
        }
    }

    public override void Loosen(string table)
    {
        var columns = string.Join(", ", Tables.ColumnsOf(table).Select(column => column.Name));
        Run($"CREATE TABLE loose AS SELECT row_number() OVER () AS rowid, {columns} FROM {table}");
        Run($"DROP TABLE {table} CASCADE");
        Run($"ALTER TABLE loose RENAME TO {table}");
        Run($"ALTER TABLE {table} OWNER TO {PostgresServer.User}");
        Run($"CREATE INDEX loose_{table} ON {table} ({string.Join(", ", Tables.PrimaryKeyOf(table))})");
    }

    public override void Dispose() => connection.Dispose();

    // As text without a type: the server takes it for what the column holds.
    static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Unknown },
        byte[] => new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Bytea },
        _ => new NpgsqlParameter { Value = Convert.ToString(value, CultureInfo.InvariantCulture), NpgsqlDbType = NpgsqlDbType.Unknown },
    };

    // From ? to $1, $2, ...
    static string Number(string sql)
    {
        var parts = sql.Split('?');
        var numbered = new StringBuilder(parts[0]);
        for (var place = 1; place < parts.Length; place++)
            numbered.Append(CultureInfo.InvariantCulture, $"${place}{parts[place]}");
        return numbered.ToString();
    }

    static object? Plain(object value) => value switch
    {
        DBNull => null,
        bool flag => flag ? 1L : 0L,
        short or int => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        DateTime day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ => value,
    };
}
