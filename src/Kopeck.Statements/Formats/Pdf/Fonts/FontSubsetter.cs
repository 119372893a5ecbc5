using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace Kopeck.Statements.Formats.Pdf.Fonts;

/// <summary>HarfBuzz's subsetter, which its library has and its .NET interface has not (hb-subset.h).</summary>
static class FontSubsetter
{
    const string Library = "libHarfBuzzSharp";

    // HB_SUBSET_FLAGS_NO_HINTING, _RETAIN_GIDS, _NOTDEF_OUTLINE, _NO_LAYOUT_CLOSURE.
    const uint Flags = 0x1 | 0x2 | 0x40 | 0x200;

    // HB_SUBSET_SETS_DROP_TABLE_TAG.
    const int DroppedTables = 3;

    // A page has its glyphs placed: what shapes and names them is not wanted.
    static readonly string[] Dropped =
        ["GSUB", "GPOS", "GDEF", "kern", "name", "post", "DSIG", "meta", "STAT", "BASE", "JSTF", "VORG", "vhea", "vmtx"];

    public static byte[] Subset(Face face, IEnumerable<int> glyphs)
    {
        var input = hb_subset_input_create_or_fail();
        try
        {
            var wanted = hb_subset_input_glyph_set(input);
            foreach (var glyph in glyphs)
                hb_set_add(wanted, (uint)glyph);
            var dropped = hb_subset_input_set(input, DroppedTables);
            foreach (var table in Dropped)
                hb_set_add(dropped, (uint)table[0] << 24 | (uint)table[1] << 16 | (uint)table[2] << 8 | table[3]);
            _ = hb_subset_input_pin_all_axes_to_default(input, face.Handle);
            hb_subset_input_set_flags(input, Flags);
            var subset = hb_subset_or_fail(face.Handle, input);
            if (subset == IntPtr.Zero)
                throw new InvalidDataException("A font could not be cut down to the letters that are used");
            var blob = hb_face_reference_blob(subset);
            var data = hb_blob_get_data(blob, out var length);
            var bytes = new byte[length];
            Marshal.Copy(data, bytes, 0, bytes.Length);
            hb_blob_destroy(blob);
            hb_face_destroy(subset);
            return bytes;
        }
        finally
        {
            hb_subset_input_destroy(input);
        }
    }

    [DllImport(Library)]
    static extern IntPtr hb_subset_input_create_or_fail();

    [DllImport(Library)]
    static extern IntPtr hb_subset_input_glyph_set(IntPtr input);

    [DllImport(Library)]
    static extern IntPtr hb_subset_input_set(IntPtr input, int kind);

    [DllImport(Library)]
    static extern int hb_subset_input_pin_all_axes_to_default(IntPtr input, IntPtr face);

    [DllImport(Library)]
    static extern void hb_subset_input_set_flags(IntPtr input, uint flags);

    [DllImport(Library)]
    static extern void hb_subset_input_destroy(IntPtr input);

    [DllImport(Library)]
    static extern void hb_set_add(IntPtr set, uint value);

    [DllImport(Library)]
    static extern IntPtr hb_subset_or_fail(IntPtr face, IntPtr input);

    [DllImport(Library)]
    static extern IntPtr hb_face_reference_blob(IntPtr face);

    [DllImport(Library)]
    static extern void hb_face_destroy(IntPtr face);

    [DllImport(Library)]
    static extern IntPtr hb_blob_get_data(IntPtr blob, out uint length);

    [DllImport(Library)]
    static extern void hb_blob_destroy(IntPtr blob);
}
