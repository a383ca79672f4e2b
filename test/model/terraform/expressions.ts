/**
 * Expressions with a value that needs no configuration around it. Our evaluator and Terraform itself must agree on every one: they are
 * compared as `try(jsonencode(expression), "fails")`.
 */
export const expressions: readonly string[] = [
  // Literals, numbers and texts
  '1', '1.50', '-3', '1e3', '0.1 + 0.2 == 0.3', '"${1.5}"', '"${1e-7}"', '123456789012', 'true', 'null', '"a\\tb\\"c\\\\d\\u00e9\\U0001F600"',
  '"$${a} %%{b}"', '"$ % {} $a"', '"ä${"ö"}ü"', '"${true}"', '"${null}"', '["${1}", "x${1}"]', '"${[1]}"', '"x${[1]}"',
  // Operators
  '1 + 2 * 3 - 4 / 2', '7 % 3', '-7 % 3', '1 / 0', '"5" + 1', '"a" + 1', '1 == 1.0', '1 == "1"', 'true == "true"', 'null == null', '[1, 2] == [1, 2]', '{a = 1} == {a = 1}', '"a" != "b"', '!true', '!"false"', '!1',
  '1 < 2 && 2 <= 2 || false', '"2" > 1', 'true || false && false', '(1 + 2) * 3', '-(2)', '1 - -1', '2 > 1 == true',
  // Conditionals
  'true ? 1 : 2', 'false ? "a" : "b"', 'true ? 1 : "b"', 'false ? "a" : 2', 'true ? null : "b"', 'false ? 1 : true ? 2 : 3', '"true" ? 1 : 2', '1 == 2 ? "x" : 1 == 1 ? "y" : "z"', 'true ? [1] : ["a"]',
  // Collections and traversal
  '[1, "a", true, null]', '{ a = 1, "b" = 2, (upper("c")) = 3 }', '{ a : 1 }', '{ 1 = "x" }', '{ true = 1 }', '{ "${"k"}" = 1 }', '[1, 2, 3][1]', '[1, 2][5]', '{a = {b = [10, 20]}}.a.b[1]', '{a = 1}["a"]', '{a = 1}.b', '["a"].0', '[[1, 2], [3]][0][1]', 'null[0]',
  '[{a = 1}, {a = 2}][*].a', '[{a = {b = 1}}].*.a.b', '{a = 1}[*].a', 'null[*]', '[[{a = 1}], [{a = 2}]][*][0].a', '[{x = [{y = 1}, {y = 2}]}][*].x[*].y', '"a"[*]',
  // for
  '[for x in [1, 2, 3] : x * 2]', '[for i, x in ["a", "b"] : "${i}=${x}"]', '[for k, v in {b = 1, a = 2} : "${k}${v}"]', '[for x in [1, 2, 3] : x if x > 1]', '{ for x in ["a", "b"] : x => upper(x) }', '{ for x in ["a", "a"] : x => 1 }',
  '{ for x in ["a1", "a2", "b1"] : substr(x, 0, 1) => x... }', '[for x in toset(["b", "a", "b"]) : x]', '[for k, v in toset(["a"]) : k]', '{ for k, v in {a = 1} : v => k }', '[for x in null : x]', '[for x in 5 : x]', '[for o in [{n = [1]}] : [for m in o.n : m]]',
  // Template directives
  '"%{ if true }yes%{ else }no%{ endif }"', '"a%{ if false }b%{ endif }c"', '"%{ for x in ["a", "b"] }${x},%{ endfor }"', '"%{ for i, x in ["a", "b"] }${i}${x}%{ endfor }"', '"  ${~ "a" ~}  b"', '"x %{~ if true ~} y %{~ endif ~} z"',
  '<<EOT\nline ${1 + 1}\n  two\nEOT\n', '<<-EOT\n    a\n      b\n\n    c ${"d"}\n    EOT\n', '<<-EOT\n\ta\n\t\tb\n\tEOT\n', '<<-EOT\n    ${"x"} y\n      z\n    EOT\n', '<<EOT\n%{ for x in ["a", "b"] ~}\nitem ${x}\n%{ endfor ~}\nEOT\n', '<<-EOT\n  %{ for x in ["a", "b"] ~}\n    item ${x}\n  %{ endfor ~}\n  end\nEOT\n',
  '<<EOT\n$${a} \\n "q" %%{ if }\nEOT\n', '<<-EOT\n  %{ if true }\n  yes\n  %{ else }\n  no\n  %{ endif }\n  EOT\n', '<<EOT\nEOT\n', '<<-EOT\n  a ${~ 1}\n  b\nEOT\n', '<<-EOT\n      a\n    \n      b\n    EOT\n', '<<EOT\na\n  EOT\n',
  // Strings
  'chomp("a\\n\\r\\n")', 'endswith("abc", "bc")', 'startswith("abc", "bc")', 'strcontains("abc", "b")', 'lower("ÄB")', 'upper("äb")', 'title("hello world-x_y 1a")', 'strrev("aäb")', 'trim("??a?!", "?!")', 'trimprefix("aab", "a")', 'trimsuffix("abb", "b")', 'trimspace("  a\\n")',
  'split(",", "a,b,,c")', 'split("", "abc")', 'split(",", "")', 'substr("hello", 1, 3)', 'substr("hello", -3, -1)', 'substr("hello", 0, 10)', 'substr("abc", 5, 1)', 'indent(2, "a\\nb\\nc")', 'join("-", ["a", "b"])', 'join(",", [1, true])', 'join(",", [])', 'sort(["b", "a", "C"])', 'replace("abc", "b", "x")', 'replace("aaa", "/a+/", "b")', 'replace("hello", "/(l)(l)/", "$2-$1")', 'replace("abc", "", "-")', 'replace("a.b", ".", "$1")',
  'format("%s-%d", "a", 5)', 'format("%05d|%-5s|%5s|%x|%t", 42, "a", "b", 255, true)', 'format("%.2f", 3.14159)', 'format("%q", "a\\"b")', 'format("%v %v %v", 1, "a", [1, "b"])', 'format("%%")', 'format("%s", 1)', 'format("%d", "a")', 'format("%s")', 'format("a", 1)', 'format("%[2]s %[1]s", "a", "b")', 'format("%03d", 7)', 'format("%+d", 5)', 'format("%f", 1)', 'format("%g", 1.5)', 'format("%b %o", 5, 8)',
  'formatlist("%s-x", ["a", "b"])', 'formatlist("%s%s", "p", ["a", "b"])', 'formatlist("%s", [])',
  'regex("[a-z]+", "123abc456")', 'regex("(\\\\d+)-(\\\\d+)", "x 12-34")', 'regex("(?P<y>\\\\d{4})-(?P<m>\\\\d\\\\d)", "on 2024-05")', 'regex("x", "abc")', 'regexall("[a-z]+", "a1bc2")', 'regexall("x", "a")', 'regex("^(?:(?P<scheme>[^:/?#]+):)?(?://(?P<host>[^/?#]*))?", "https://example.com/x")', 'regex("(?i)ABC", "xabc")', 'regex("a.*?b", "aXbXb")', 'regexall("", "ab")', 'regex("[[:alpha:]]+", "12ab")', 'regex("a|ab", "ab")', 'regex("\\\\bfoo\\\\b", "a foo b")', 'regex("(a)|(b)", "b")', 'regexall("a*", "baac")',
  // Numbers
  'abs(-1)', 'ceil(1.2)', 'floor(-1.2)', 'log(8, 2)', 'max(1, 5, 3)', 'min(["a"]...)', 'min([4, 2]...)', 'pow(2, 10)', 'signum(-4)', 'parseint("ff", 16)', 'parseint("12x", 10)', 'parseint("007", 8)', 'sum([1, 2.5])', 'sum([])', 'alltrue([true, "true"])', 'alltrue([])', 'anytrue([false])',
  // Collections
  'chunklist([1, 2, 3], 2)', 'coalesce("", null, "a")', 'coalesce(null, 1)', 'coalesce()', 'coalescelist([], [1])', 'compact(["a", "", null, "b"])', 'concat([1], [2, 3], [])', 'contains(["a", "b"], "b")', 'contains([1, 2], 3)', 'distinct(["a", "b", "a"])', 'element([1, 2, 3], 4)', 'element([], 0)', 'flatten([[1, [2]], [], [3]])', 'index(["a", "b"], "b")', 'index(["a"], "z")', 'keys({b = 1, a = 2})', 'values({b = 1, a = 2})', 'length("äb")', 'length([1, 2])', 'length({a = 1})', 'length(5)',
  'lookup({a = 1}, "a", 2)', 'lookup({a = 1}, "b", 2)', 'lookup({a = "x"}, "b")', 'matchkeys(["a", "b"], ["x", "y"], ["y"])', 'merge({a = 1}, {a = 2, b = 3})', 'merge({a = 1}, null)', 'merge()', 'one([])', 'one(["a"])', 'one(["a", "b"])', 'one(null)', 'range(3)', 'range(1, 4)', 'range(0, 10, 4)', 'range(3, 0)', 'reverse([1, 2, 3])', 'setintersection(["a", "b"], ["b"])', 'setproduct(["a", "b"], [1, 2])', 'setsubtract(["a", "b"], ["b"])', 'setunion(["b"], ["a"])', 'slice([1, 2, 3], 1, 2)', 'slice([1], 0, 5)', 'transpose({a = ["x", "y"], b = ["x"]})', 'zipmap(["a", "b"], [1, 2])', 'zipmap(["a"], [1, 2])',
  // Encoding and hashes
  'base64encode("hällo")', 'base64decode("aMOkbGxv")', 'base64decode("%%")', 'jsonencode({b = [1, null, "x<y>&"], a = {c = true}})', 'jsonencode("é\\u2028\\u0001\\u0008")', 'jsondecode("{\\"a\\": [1, 2.5, null, \\"x\\"]}")', 'jsondecode("5")', 'jsondecode("\\"a\\"")', 'jsondecode("{")', 'jsondecode("null")', 'yamldecode("a: 1\\nb: [x, true]\\n")', 'yamldecode("- 1\\n- ~\\n- \'a\'\\n")',
  'yamlencode({a = "x", b = [1, {c = true, d = null}], e = {}, f = []})', 'yamlencode("a")', 'yamlencode({t = "l1\\nl2\\n", s = "a\\nb"})', 'yamlencode([[1, 2], {a = [1]}])', 'yamlencode({n = {m = "1"}})', 'csvdecode("a,b\\n1,\\"x,y\\"\\n2,\\n")', 'urlencode("a b&c/ä*~")', 'md5("a")', 'sha1("a")', 'sha256("a")', 'sha512("a")', 'base64sha256("a")', 'base64sha512("a")',
  // Networks
  'cidrhost("10.0.0.0/24", 5)', 'cidrhost("10.0.0.0/24", -1)', 'cidrhost("10.0.0.0/30", 9)', 'cidrhost("fd00::/64", 10)', 'cidrnetmask("10.0.0.0/20")', 'cidrsubnet("10.0.0.0/16", 8, 3)', 'cidrsubnet("10.1.2.3/16", 4, 15)', 'cidrsubnet("10.0.0.0/16", 4, 16)', 'cidrsubnet("fd00:fd12:3456:7890::/56", 16, 162)', 'cidrsubnets("10.0.0.0/16", 8, 8, 4)', 'cidrhost("2001:db8::/32", 0)',
  // Types
  'tostring(5)', 'tostring(true)', 'tostring(null)', 'tostring([1])', 'tonumber("5.50")', 'tonumber("x")', 'tonumber(true)', 'tobool("true")', 'tobool("yes")', 'tobool(1)', 'tolist(["a", 1])', 'toset(["b", "a", "b"])', 'toset([2, 10, 1])', 'toset([1, "a"])', 'tolist(toset(["b", "a"]))', 'tomap({a = 1, b = "x"})', 'tomap({a = 1})',
  'try(null.a, "x")', 'try({a = 1}.b, {a = 1}.a)', 'try([1][5], "none")', 'can({a = 1}.b)', 'can(1)', 'can(regex("x", "y"))', 'try(tonumber("x"), 0)', 'nonsensitive(sensitive("a"))',
  // Paths and times
  'basename("a/b.txt")', 'dirname("a/b.txt")', 'dirname("a")', 'basename("a/")', 'timecmp("2024-01-01T00:00:00Z", "2024-01-01T01:00:00+01:00")',
];
