"""A letter without heading styles: numbers typed, headings bold or plain, as many are written."""
import sys
from docx import Document
from docx.shared import Pt

document = Document()
for style in list(document.styles):  # the template's styles are most of the file
    if style.name not in ("Normal", "Table Grid", "Default Paragraph Font"):
        style.element.getparent().remove(style.element)
document.add_paragraph("大中小企业融通创新项目")


def heading(text):
    document.add_paragraph().add_run(text).bold = True


heading("一、企业基本情况")
document.add_paragraph("公司成立于 2016 年。\t员工 362 人。")
heading("二、技术创新能力")
document.add_paragraph("1. 研发投入占 6.9%。")
document.add_paragraph("（1）专利 41 件；")
heading("三、技术攻关方案")
heading("（一）攻关团队情况，团队成员曾主持或参与的项目；")
document.add_paragraph("团队 18 人。")
document.add_paragraph("（二）预期目标：壳体不烧穿。")
document.add_paragraph("(三)拟选择的技术路线")
table = document.add_table(rows=2, cols=3)
for n, text in enumerate(["阶段", "任务", "", "一", "配方", "定型"]):
    table.cell(n // 3, n % 3).text = text
table.cell(0, 1).merge(table.cell(0, 2))
document.add_paragraph("（四）时间进度安排")
document.add_paragraph("18 个月。")
document.add_paragraph("（五）潜在问题及应对举措。")
document.add_paragraph("原料涨价。")
heading("四、希望采取的合作方式")
document.add_paragraph("联合研发。").runs[0].font.size = Pt(16)
document.save(sys.argv[1])
