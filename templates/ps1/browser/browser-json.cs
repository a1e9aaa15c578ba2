using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
namespace OqsGen
{
    public sealed class BrowserJson
    {
        const int Deepest = 300;
        readonly string text;
        int at;

        BrowserJson(string json) { text = json; }

        public static object Read(string json)
        {
            BrowserJson reader = new BrowserJson(json);
            object value = reader.Value(0);
            reader.Blank();
            if (reader.at < json.Length) throw reader.Wrong();
            return value;
        }

        FormatException Wrong()
        {
            return new FormatException("no JSON at " + at.ToString(CultureInfo.InvariantCulture));
        }

        char Next()
        {
            if (at >= text.Length) throw Wrong();
            return text[at];
        }

        bool Take(string word)
        {
            if (String.CompareOrdinal(text, at, word, 0, word.Length) != 0) return false;
            at += word.Length;
            return true;
        }

        void Need(string word)
        {
            if (!Take(word)) throw Wrong();
        }

        void Blank()
        {
            while (at < text.Length)
            {
                if (" \t\r\n".IndexOf(text[at]) >= 0) { at++; continue; }
                int end;
                if (Take("//")) end = text.IndexOf('\n', at);
                else if (Take("/*")) { end = text.IndexOf("*/", at, StringComparison.Ordinal); if (end < 0) throw Wrong(); end++; }
                else return;
                at = end < 0 ? text.Length : end + 1;
            }
        }

        object Value(int depth)
        {
            if (depth > Deepest) throw Wrong();
            Blank();
            char next = Next();
            if (next == '{') return Members(depth);
            if (next == '[') return Items(depth);
            if (next == '"') return Word();
            if (Take("true")) return true;
            if (Take("false")) return false;
            if (Take("null")) return null;
            return Number();
        }

        Dictionary<string, object> Members(int depth)
        {
            Dictionary<string, object> members = new Dictionary<string, object>(StringComparer.Ordinal);
            Need("{");
            Blank();
            if (Take("}")) return members;
            while (true)
            {
                Blank();
                string name = Word();
                Blank();
                Need(":");
                members[name] = Value(depth + 1);
                Blank();
                if (Take("}")) return members;
                Need(",");
            }
        }

        object[] Items(int depth)
        {
            List<object> items = new List<object>();
            Need("[");
            Blank();
            if (Take("]")) return items.ToArray();
            while (true)
            {
                items.Add(Value(depth + 1));
                Blank();
                if (Take("]")) return items.ToArray();
                Need(",");
            }
        }

        string Word()
        {
            StringBuilder word = new StringBuilder();
            Need("\"");
            while (true)
            {
                char next = Next();
                at++;
                if (next == '"') return word.ToString();
                if (next != '\\') { word.Append(next); continue; }
                next = Next();
                at++;
                int plain = "\"\\/bfnrt".IndexOf(next);
                if (plain >= 0) { word.Append("\"\\/\b\f\n\r\t"[plain]); continue; }
                ushort code;
                if (next != 'u' || at + 4 > text.Length) throw Wrong();
                string four = text.Substring(at, 4);
                if (!UInt16.TryParse(four, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code)) throw Wrong();
                word.Append((char)code);
                at += 4;
            }
        }

        object Number()
        {
            int start = at;
            while (at < text.Length && "+-.0123456789eE".IndexOf(text[at]) >= 0) at++;
            string digits = text.Substring(start, at - start);
            long whole;
            double number;
            if (Int64.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole)) return whole;
            if (Double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out number)) return number;
            throw Wrong();
        }
    }
}
