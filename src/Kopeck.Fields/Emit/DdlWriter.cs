using System.Collections.Generic;
using System.Text;
using Kopeck.Fields.Sql;

namespace Kopeck.Fields.Emit;

/// <summary>Writes <c>Ddl</c>: the statements that make all tables on an empty database.</summary>
static class DdlWriter
{
    public static string Write(Schema schema)
    {
        var code = new StringBuilder(CodeText.Header);
        code.Append(
            "\n/// <summary>The statements that make all tables on an empty database. A database that was migrated is the same: a test holds that.</summary>\npublic static class Ddl\n{\n");
        Write(code, "Sqlite", "For SQLite.", SqliteDdl.Write(schema));
        code.Append('\n');
        Write(code, "Postgres", "For PostgreSQL.", PostgresDdl.Write(schema));
        return code.Append("}\n").ToString();
    }

    static void Write(StringBuilder code, string name, string doc, IEnumerable<string> statements)
    {
        code.Append(
            $"    /// <summary>{doc}</summary>\n    public static System.Collections.Generic.IReadOnlyList<string> {name} {{ get; }} =\n    [\n");
        foreach (var statement in statements)
            code.Append($"        {CodeText.Literal(statement).Replace("\n", "\\n")},\n");
        code.Append("    ];\n");
    }
}
