using Kopeck.Postgres.Writing;
using Kopeck.Relational.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Kopeck.Postgres.Sql;

/// <summary>Shared statements as Npgsql's commands.</summary>
static class PostgresQueries
{
    /// <summary>A command of its own each time: one that was sent belongs to its connection.</summary>
    public static NpgsqlBatchCommand ToCommand(this Query query)
    {
        var command = new NpgsqlBatchCommand(query.Text);
        foreach (var value in query.Values)
            Add(command, value);
        return command;
    }

    static void Add(NpgsqlBatchCommand command, QueryValue value) =>
        _ = value switch
        {
            { Reference: long[] keys } => command.Add(keys),
            { Reference: string[] keys } => command.Add(keys),
            { Reference: byte[][] keys } => command.Add(keys),
            { Kind: ValueKind.Number, IsNull: false } => command.Add(value.Number),
            { Kind: ValueKind.Number } => command.AddOptional((long?)null, NpgsqlDbType.Bigint),
            { Kind: ValueKind.Text } => command.AddOptional((string?)value.Reference, NpgsqlDbType.Text),
            { Kind: ValueKind.Bytes } => command.AddOptional((byte[]?)value.Reference, NpgsqlDbType.Bytea),
            _ => command.Add((DateOnly)value.Reference!),
        };
}
