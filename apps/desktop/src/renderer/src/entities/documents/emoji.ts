/** What people mark documents with, each with the words it is found by. */
type Emoji = readonly [sign: string, words: string];

const parse = (list: string): Emoji[] =>
  list
    .trim()
    .split("\n")
    .map((line) => {
      const [sign = "", ...words] = line.trim().split(" ");
      return [sign, words.join(" ")] as const;
    });

export const emojiGroups: readonly { name: string; emoji: readonly Emoji[] }[] = [
  {
    name: "Work",
    emoji: parse(`📄 page document
📝 memo note write
📋 clipboard list plan
📌 pin
📎 paperclip attachment
📁 folder
🗂️ dividers files
🗃️ card box archive
📚 books handbook library
📖 open book guide read
📓 notebook journal
📕 red book
📗 green book
📘 blue book
📙 orange book
🔖 bookmark
🏷️ label tag price
📊 bar chart numbers
📈 chart up growth
📉 chart down
📅 calendar date
🗓️ calendar month schedule
✅ check done
☑️ checkbox
❓ question
❗ important exclamation
💡 idea light bulb
🎯 target goal
🏁 finish flag
🚩 flag warning
📣 megaphone announce
📢 loudspeaker news
✉️ letter mail
📦 package box release
🧾 receipt invoice
💼 briefcase business
💰 money budget
⚖️ scales legal law
🤝 handshake agreement partner
👋 wave hello welcome
👥 people team
🙋 raised hand support
🎓 graduation learning school
🧭 compass strategy
🗺️ map roadmap
⏱️ stopwatch time
⏰ alarm clock
🔒 lock private
🔑 key access
🛡️ shield security
🚨 siren incident alarm`),
  },
  {
    name: "Making",
    emoji: parse(`🛠️ tools build
🔧 wrench fix
🔨 hammer
⚙️ gear settings
🧰 toolbox
🧱 brick foundation
🏗️ construction crane
💻 laptop computer code
🖥️ screen desktop
📱 phone mobile
⌨️ keyboard
🖱️ mouse
🧪 test tube experiment
🔬 microscope research
🔭 telescope vision
🧬 dna science
🤖 robot automation
🧠 brain think
🐛 bug
🔌 plug connection
🔋 battery power
⚡ lightning fast
🚀 rocket launch
🛰️ satellite
🌐 globe web network
🔗 link chain
🗄️ cabinet database
💾 disk save
🧩 puzzle piece integration
🎨 palette design
✏️ pencil draft
🖌️ brush
📐 ruler triangle
📷 camera photo
🎬 film video
🎵 music
🎙️ microphone podcast`),
  },
  {
    name: "Things and signs",
    emoji: parse(`⭐ star favourite
🌟 glowing star
✨ sparkles new
🔥 fire hot
❤️ heart love
💙 blue heart
💚 green heart
💛 yellow heart
💜 purple heart
👍 thumbs up good
🎉 party celebrate
🎁 gift
🏆 trophy win
🥇 medal first
🎲 dice game
♟️ chess
☕ coffee
🍕 pizza
🍎 apple
🥑 avocado
🍰 cake
🏠 house home
🏢 office building
🏛️ hall classical building
🏭 factory
🏥 hospital health
🏫 school
🚲 bicycle
🚗 car
🚆 train
✈️ plane travel
⛵ sailing boat
⚓ anchor
🌍 earth world europe africa
🌱 seedling grow
🌳 tree
🌻 sunflower
🌊 wave sea
⛰️ mountain
☀️ sun
🌙 moon night
☁️ cloud
🌈 rainbow
❄️ snowflake winter
🐝 bee
🐢 turtle
🦊 fox
🐙 octopus
🦉 owl
🐘 elephant
🔴 red circle
🟠 orange circle
🟡 yellow circle
🟢 green circle
🔵 blue circle
🟣 purple circle
⚪ white circle
⚫ black circle
♻️ recycle
⚠️ warning
⛔ no entry stop
➕ plus
➡️ arrow right`),
  },
];
