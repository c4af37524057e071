/**
 * Texts in eleven languages that nobody wrote: words of each in the frequencies of a real text (the
 * n-th word is n times rarer than the first), among them thirty thousand made of syllables, as every
 * team has its own names for things. The same seed gives the same texts.
 */
const spaced: Record<string, string> = {
  en: "the of and to in is for that on with as are this be it from by an or at when which task board card move link page search server change read write people team note plan draw kiln clay glaze fire cool heat pressure sensor valve index query cache worker socket message retry queue upload import export version history comment review deploy release",
  de: "der die und in zu den das nicht von sie ist des sich mit dem dass er es ein ich auf so eine auch als an nach wie im für Brücke Größe Straße Übersicht ändern löschen Ofen Glasur Temperatur Aufgabe Werkstatt Prüfung Fehler Änderung Verknüpfung Öffnung",
  fr: "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la résumé équipe tâche créer modifier supprimer four émail température échec réseau élève éditeur façade",
  es: "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre tarea añadir cambio horno esmalte señal niño corazón búsqueda página",
  pt: "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele tarefa ação alteração forno coração página pesquisa configuração",
  ru: "и в не на я что он с как это по но они мы все за его к из у так же от был задача доска поиск печь глазурь температура изменение ошибка сервер ёлка проверка",
  ar: "في من على إلى أن هذا التي مع عن كان ما لا هو بعد كل بين قد الفرن الحرارة درجة المهمة البحث الصفحة التغيير الخادم الفريق مدرسة مكتبة",
};
const unspaced: Record<string, string> = {
  zh: "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严",
  ja: "のにをはがとでも窯温度釉薬作業計画検索変更履歴確認設定画面一覧追加削除編集保存読込更新通知担当期限完了未着手進行中保留優先高低緊急会議資料共有公開非公開権限招待退出管理者利用方法手順注意事項東京都大阪府京都市工房職人材料発注納品検品在庫カードボードページリンクサーバータスクコメントファイルフォルダ",
  ko: "작업검색변경기록확인설정화면목록추가삭제편집저장읽기갱신알림담당기한완료진행보류우선높음낮음긴급회의자료공유공개권한초대관리사용방법절차주의사항서울부산공방장인재료발주납품재고가마온도유약엔진시험결과서버문서댓글파일폴더",
};

export const languages = [...Object.keys(spaced), ...Object.keys(unspaced)];

/** A small generator with a seed: the same texts in each run, so that runs can be compared. */
export function dice(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const syllables =
  "ka lo mi ter van dor sel qui bra nol est pha gro win tal zu rek ish ond ure".split(" ");

function houseWords(roll: () => number): string[] {
  const words = new Set<string>();
  while (words.size < 30_000) {
    const length = 2 + Math.floor(roll() * 3);
    let word = "";
    for (let i = 0; i < length; i++) word += syllables[Math.floor(roll() * syllables.length)];
    words.add(word);
  }
  return [...words];
}

export function writer(seed: number) {
  const roll = dice(seed);
  const house = houseWords(roll);
  /** The n-th of `count`, n times rarer than the first. */
  const rank = (count: number) => Math.min(count - 1, Math.floor(count ** roll()) - 1);
  const of = (list: readonly string[]) => list[rank(list.length)] ?? "";
  const lists = new Map(
    [...Object.entries(spaced)].map(([language, words]) => [language, words.split(" ")]),
  );
  const letters = new Map(
    [...Object.entries(unspaced)].map(([language, all]) => [language, [...all]]),
  );

  function word(language: string): string {
    if (roll() < 0.35) return of(house);
    const list = lists.get(language);
    if (list) return of(list);
    const own = letters.get(language) ?? [];
    return Array.from({ length: 2 + Math.floor(roll() * 6) }, () => of(own)).join("");
  }

  function text(language: string, words: number): string {
    const between = letters.has(language) ? "" : " ";
    const all = Array.from({ length: words }, () => word(language));
    return all.join(between).replace(/(.{60,90}?)( |$)/g, "$1. ");
  }

  /** Half of all is English, the rest is shared by the others. */
  const language = () => {
    const others = languages.slice(1);
    return roll() < 0.5 ? "en" : (others[Math.floor(roll() * others.length)] ?? "en");
  };
  return { roll, text, word, language, house };
}
