-- The resident worker: `pandoc lua worker.lua` answers requests on standard input.
-- Request:  "OP FORMAT OPTIONS_LENGTH PAYLOAD_LENGTH\n" OPTIONS(JSON) PAYLOAD
-- Reply:    "ok|fail PAYLOAD_LENGTH MESSAGES_LENGTH\n" PAYLOAD MESSAGES(JSON)
-- Nothing here opens a file that an author named: texts are read in an empty
-- environment, and the writers see only what Python put into the media bag.

local json = pandoc.json

local function options_of(text)
  if text == "" then return {} end
  return json.decode(text, false)
end

local ops = {}

-- What was read before it was asked for: {answer, messages} by format and text.
local ahead = {}

-- Pandoc leaves the mark of a footnote within a footnote as it stands, and drops its text. Here the mark gets its note.
-- The text is read once more behind all marks in it, a paragraph each: so pandoc says what each of them stands for.
local most_inner_notes = 1000 -- of a section: notes can name each other in numbers without end

local function notes_by_mark(format, text)
  local marks, seen = {}, {}
  for mark in text:gmatch("%[%^[^%s%[%]]+%]") do
    if not seen[mark] then
      seen[mark] = true
      marks[#marks + 1] = mark
    end
  end
  local _, doc = pandoc.log.silence(pandoc.read, table.concat(marks, "\n\n") .. "\n\n" .. text, format, nil, {})
  local notes = {}
  for i, mark in ipairs(marks) do
    local first = doc.blocks[i] and doc.blocks[i].content[1]
    if first and first.t == "Note" then notes[mark] = first end
  end
  return notes
end

local function with_inner_notes(doc, format, text)
  local notes = notes_by_mark(format, text)
  local left = most_inner_notes
  local above = {} -- the notes that one is in: none gets into itself
  local filled

  local function is_above(note)
    for _, each in ipairs(above) do
      if each == note then return true end
    end
    return false
  end

  local function marks_in(str)
    local out, at = pandoc.Inlines{}, 1
    for start, mark, stop in str.text:gmatch("()(%[%^[^%s%[%]]+%])()") do
      local note = notes[mark]
      if note and left > 0 and not is_above(note) then
        left = left - 1
        if start > at then out:insert(pandoc.Str(str.text:sub(at, start - 1))) end
        out:insert(filled(note))
        at = stop
      end
    end
    if at == 1 then return nil end
    if at <= #str.text then out:insert(pandoc.Str(str.text:sub(at))) end
    return out
  end

  function filled(note)
    above[#above + 1] = note
    local made = note:walk{Str = marks_in}
    above[#above] = nil
    return made
  end

  return doc:walk{traverse = "topdown", Note = function(note) return filled(note), false end}
end

local function read(format, text)
  local doc = pandoc.read(text, format, nil, {})
  local answer = pandoc.write(doc, "json")
  if format:find("^markdown") and answer:find("[^", 1, true) and text:find("%[%^[^%s%[%]]+%]:") then
    answer = pandoc.write(with_inner_notes(doc, format, text), "json")
  end
  return answer
end

function ops.read(format, _, payload)
  local known = ahead[format .. " " .. payload]
  if known then return known.answer, known.messages end
  return read(format, payload)
end

-- Options: lengths of the texts that the payload is made of. A text that cannot be read is left for its own request.
function ops.ahead(format, options, payload)
  local at = 1
  for _, length in ipairs(options.lengths) do
    local text = payload:sub(at, at + length - 1)
    at = at + length
    pcall(function()
      local messages, answer = pandoc.log.silence(read, format, text)
      ahead[format .. " " .. text] = {answer = answer, messages = messages}
    end)
  end
  return ""
end

-- Options: references (CSL-JSON text), csl (path), lang, link, title of the list.
function ops.cite(_, options, payload)
  local doc = pandoc.read(payload, "json")
  local meta = pandoc.read(options.references, "csljson").meta
  pandoc.mediabag.insert("penholder.csl", "application/xml", options.csl)
  meta.csl = "penholder.csl"
  meta.lang = options.lang
  meta["link-citations"] = options.link
  doc.meta = meta
  doc = pandoc.utils.citeproc(doc)
  pandoc.mediabag.empty()
  doc.meta = {}
  return pandoc.write(doc, "json")
end

-- Options: media {name = path}, reference_doc, epoch, template, standalone (pandoc's own template), variables, writer settings.
function ops.write(format, options, payload)
  local doc = pandoc.read(payload, "json")
  for name, file in pairs(options.media or {}) do
    local handle = assert(io.open(file.path, "rb"))
    pandoc.mediabag.insert(name, file.type, handle:read("a"))
    handle:close()
  end
  local settings = options.settings or {}
  if options.template then settings.template = options.template end
  if options.standalone then settings.template = pandoc.template.compile(pandoc.template.default(format)) end
  if options.variables then settings.variables = options.variables end
  local out
  pandoc.system.with_environment(
    {SOURCE_DATE_EPOCH = options.epoch or "0", PATH = "", HOME = ""},
    function() out = pandoc.write(doc, format, settings) end)
  pandoc.mediabag.empty()
  return out
end

-- Bibliography text to CSL-JSON.
function ops.csl(format, _, payload)
  return pandoc.write(pandoc.read(payload, format, nil, {}), "csljson")
end

-- A style that sorts, and does little else: pandoc's own takes 60 ms to read.
local small_style = [[<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-GB"><info><title>S</title><id>s</id><updated>2020-01-01T00:00:00+00:00</updated></info><citation><layout delimiter="; "><names variable="author"/><date variable="issued" prefix=" "><date-part name="year"/></date></layout></citation><bibliography><sort><key variable="author"/></sort><layout><names variable="author"/><text variable="title" prefix=" "/></layout></bibliography></style>]]

-- A Word file with next to nothing in it: pandoc's own reference document takes 20 ms to read and write.
local function small_word_file()
  local head = '<?xml version="1.0" encoding="UTF-8"?>'
  local office = "http://schemas.openxmlformats.org/"
  local entries = {}
  local function part(name, element, namespaces, content)
    local all = ""
    for prefix, namespace in pairs(namespaces) do
      all = all .. ' xmlns' .. prefix .. '="' .. office .. namespace .. '"'
    end
    local text = head .. "<" .. element .. all .. ">" .. (content or "") .. "</" .. element .. ">"
    entries[#entries + 1] = pandoc.zip.Entry(name, text)
  end
  local word = {[":w"] = "wordprocessingml/2006/main"}
  local relationships = {[""] = "package/2006/relationships"}
  part("_rels/.rels", "Relationships", relationships,
    '<Relationship Id="r" Type="' .. office .. 'officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>')
  part("[Content_Types].xml", "Types", {[""] = "package/2006/content-types"})
  part("word/_rels/document.xml.rels", "Relationships", relationships)
  part("word/document.xml", "w:document", word, "<w:body><w:p/><w:sectPr/></w:body>")
  for _, name in ipairs({"styles", "settings", "numbering", "webSettings", "footnotes", "comments"}) do
    part("word/" .. name .. ".xml", "w:" .. name, word)
  end
  part("word/fontTable.xml", "w:fonts", word)
  part("word/theme/theme1.xml", "a:theme", {[":a"] = "drawingml/2006/main"})
  part("docProps/app.xml", "Properties", {[""] = "officeDocument/2006/extended-properties"})
  part("docProps/core.xml", "x", {})
  return pandoc.zip.Archive(entries):bytestring()
end

-- Do everything once on next to nothing: what is loaded on first use is then loaded.
local next_to_nothing

-- What reads and cites (by two works, which have to be put in order: the tables for that take longest).
function ops.warm(format, _, payload)
  local doc = pandoc.read(payload, format, nil, {})
  local meta = pandoc.read(
    '[{"id":"a","type":"book","title":"A","author":[{"family":"B","given":"C"}],"issued":{"date-parts":[[2020]]}},' ..
    '{"id":"b","type":"book","title":"D","author":[{"family":"E","given":"F"}],"issued":{"date-parts":[[2021]]}}]',
    "csljson").meta
  pandoc.mediabag.insert("small.csl", "application/xml", small_style)
  meta.csl = "small.csl"
  meta.lang = "en-GB"
  doc.meta = meta
  doc = pandoc.read(pandoc.write(pandoc.utils.citeproc(doc), "json"), "json")
  pandoc.mediabag.empty()
  doc.meta = {}
  next_to_nothing = doc
  return ""
end

-- What writes; asked for after ``warm``, when the sections have been read.
function ops.warm_writers()
  pandoc.write(next_to_nothing, "typst-citations-smart")
  pandoc.system.with_temporary_directory("penholder", function(folder)
    local path = pandoc.path.join({folder, "small.docx"})
    local handle = assert(io.open(path, "wb"))
    handle:write(small_word_file())
    handle:close()
    pandoc.write(next_to_nothing, "docx", {reference_doc = path})
  end)
  return ""
end

function ops.version() return tostring(PANDOC_VERSION) end

local function serve()
  io.stdout:setvbuf("full")
  while true do
    local head = io.read("l")
    if not head then break end
    local op, format, options_length, length = head:match("^(%S+) (%S+) (%d+) (%d+)$")
    local options_text = tonumber(options_length) > 0 and io.read(tonumber(options_length)) or ""
    local payload = tonumber(length) > 0 and io.read(tonumber(length)) or ""
    local said = {}
    local fine, result = pcall(function()
      local messages, value, earlier = pandoc.log.silence(ops[op], format, options_of(options_text), payload)
      for _, message in ipairs(earlier or messages) do
        said[#said + 1] = {text = json.decode(json.encode(message), false).pretty}
      end
      return value
    end)
    local messages = #said > 0 and json.encode(said) or ""
    result = tostring(result)
    io.stdout:write(fine and "ok" or "fail", " ", #result, " ", #messages, "\n", result, messages)
    io.stdout:flush()
  end
end

-- In a folder where no author can have put anything, wherever the build was started.
pandoc.system.with_working_directory(pandoc.path.directory(arg[0]), serve)
