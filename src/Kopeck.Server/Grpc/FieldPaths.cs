using System.Globalization;
using System.Text;
using Google.Protobuf.Reflection;
using Kopeck.V1;

namespace Kopeck.Server.Grpc;

/// <summary>
/// JSON pointers as paths of fields: <c>/legs/0/amount</c> is <c>legs[0].amount</c>, and <c>/amount</c> of a deposit is
/// <c>amount.amount</c>.
/// </summary>
static class FieldPaths
{
    public static string Of(MessageDescriptor? message, string pointer)
    {
        var path = new StringBuilder();
        foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            else
                message = Append(path, message, name);
        }

        return path.ToString();
    }

    /// <summary>Appends a field; the message that the next part is in.</summary>
    static MessageDescriptor? Append(StringBuilder path, MessageDescriptor? message, string name)
    {
        var fields = message?.Fields.InFieldNumberOrder() ?? [];
        var money = fields.FirstOrDefault(field => field.FieldType == FieldType.Message && field.MessageType == Money.Descriptor);
        var field = fields.FirstOrDefault(field => field.JsonName == name);
        if (field is not null && field != money)
        {
            Add(path, field.Name);
            return field.FieldType == FieldType.Message ? field.MessageType : null;
        }

        if (money is not null && name is "amount" or "currency")
            Add(path, money!.Name + "." + name);
        else if (fields.FirstOrDefault(field => field.IsMap) is { } map)
            path.Append(map.Name).Append("[\"").Append(name).Append("\"]");
        else
            Add(path, name);
        return null;
    }

    static void Add(StringBuilder path, string name)
    {
        if (path.Length > 0 && name[0] != '[')
            path.Append('.');
        path.Append(name);
    }
}
