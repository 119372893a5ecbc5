using Google.Protobuf.Reflection;
using Kopeck.Server.Bodies;
using Kopeck.V1;

namespace Kopeck.Server.Grpc.Reading;

/// <summary>Where a message holds the members of a shape.</summary>
sealed class ShapePlan
{
    ShapePlan(IReadOnlyList<MemberPlan> members, FieldDescriptor? clear)
    {
        Members = members;
        Clear = clear;
    }

    /// <summary>In the shape's order.</summary>
    public IReadOnlyList<MemberPlan> Members { get; }

    /// <summary>The mask of members that are to be null.</summary>
    public FieldDescriptor? Clear { get; }

    /// <summary>The fields that the members are in.</summary>
    public IEnumerable<FieldDescriptor> Fields =>
        Members.SelectMany(member => new[] { member.Field, member.None }).Append(Clear).OfType<FieldDescriptor>().Distinct();

    /// <summary>Finds each member; throws <see cref="InvalidOperationException"/> when one has no field.</summary>
    public static ShapePlan Make(MessageDescriptor message, Shape shape) =>
        new([.. shape.Members.Select(member => MemberPlan.Make(message, member))], message.FindFieldByName("clear"));
}

/// <summary>Where a message holds a member.</summary>
/// <param name="Field">The field, or the money that the member is a part of.</param>
/// <param name="Part">The part of the money.</param>
/// <param name="None">The flag that says null.</param>
/// <param name="Item">Where the objects of a list hold theirs.</param>
sealed record MemberPlan(Member Member, FieldDescriptor Field, FieldDescriptor? Part, FieldDescriptor? None, ShapePlan? Item)
{
    public static MemberPlan Make(MessageDescriptor message, Member member)
    {
        var field = message.Fields.InFieldNumberOrder().FirstOrDefault(field => field.JsonName == member.Name);
        if (field is null || IsMoney(field))
        {
            // An amount and its currency are one money.
            field = message.Fields.InFieldNumberOrder().FirstOrDefault(IsMoney) ?? throw new InvalidOperationException($"{message.FullName} has no field for {member.Name}");
            return new MemberPlan(member, field, Money.Descriptor.FindFieldByName(member.Name), null, null);
        }

        return new MemberPlan(member, field, null, message.FindFieldByName("no_" + field.Name), member.Item is { } item ? ShapePlan.Make(field.MessageType, item) : null);
    }

    static bool IsMoney(FieldDescriptor field) => field.FieldType == FieldType.Message && !field.IsRepeated && field.MessageType == Money.Descriptor;
}
