import { stemOf } from './words.js';

/** After the colon what German, French, Spanish and Chinese call the operations and the things that most catalogues have. */
const TRANSLATIONS = `
  create: erstellen anlegen erzeuge erstelle creer crear cree crea 创建 新建 添加
  send: senden sende schicken schicke envoyer envoie enviar envia 发送
  get: abrufen holen obtenir obtener recuperer mostrar 获取 查看
  list: auflisten liste lister zeige listar affiche afficher 列出 列表
  search: suchen suche finde chercher cherche rechercher trouver buscar busca encontrar 搜索 查询 查找
  update: aktualisieren andern andere modifier mettre actualizar cambiar modificar 更新 修改
  delete: loschen losche entfernen supprimer supprime eliminar borrar borra 删除
  cancel: absagen stornieren annuler cancelar 取消
  reply: antworten antworte repondre responder 回复
  message: nachricht nachrichten mensaje mensajes 消息 信息
  email: mail courriel correo 邮件
  file: datei dateien fichier fichiers archivo archivos 文件
  folder: ordner dossier carpeta
  event: termin termine veranstaltung evenement evento eventos 活动 事件
  calendar: kalender calendrier calendario 日历
  user: benutzer nutzer utilisateur utilisateurs usuario usuarios 用户
  customer: kunde kunden client clients cliente clientes 客户
  contact: kontakt kontakte contacto contactos 联系
  invoice: rechnung rechnungen facture factures factura facturas 发票
  order: bestellung bestellungen commande commandes pedido pedidos 订单
  payment: zahlung zahlungen paiement pago pagos 支付 付款
  task: aufgabe aufgaben tache taches tarea tareas 任务
  weather: wetter meteo clima tiempo 天气
  repository: depot repositorio 仓库
  channel: kanal canal 频道
  issue: problem probleme problema 问题
  price: preis preise prix precio 价格
  picture: bild bilder imagen 图片
  translate: ubersetzen ubersetze traduire traducir 翻译
`;

/** A translation says the same, nearly as surely as the word itself. */
const TRANSLATION_WEIGHT = 0.9;

const translations = new Map(
  TRANSLATIONS.split('\n').flatMap((line) => {
    const [meant = '', said = ''] = line.trim().split(': ');
    return said
      .split(' ')
      .filter(Boolean)
      .map((word): [string, string] => [stemOf(word), stemOf(meant)]);
  }),
);

/** What a word of another language is called in English. */
export function translate(stem: string): ReadonlyMap<string, number> {
  const meant = translations.get(stem);
  return new Map(meant === undefined ? [] : [[meant, TRANSLATION_WEIGHT]]);
}
